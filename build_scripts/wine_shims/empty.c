/* A library of forwarded names only. */
int fieldtool_empty;
