@rem The command line: a script waits for a program that has no console of its own.
@"%~dp0fieldtool-window.exe" %*
