/* CM_MapCrToWin32Err, missing in Wine 8's cfgmgr32.dll: pyserial wants it to be there before it lists any port. */
__declspec(dllexport) unsigned long shim_CM_MapCrToWin32Err(unsigned long code, unsigned long otherwise) {
    (void)code;
    return otherwise;
}
