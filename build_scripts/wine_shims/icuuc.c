/* icuuc.dll, part of Windows 10 since 1703, missing in Wine 8: Qt's converters of rare encodings. It opens none. */
#define FILE_ACCESS_ERROR 4
#define OUT __declspec(dllexport)

OUT void *ucnv_open(const char *name, int *status) {
    if (status) *status = FILE_ACCESS_ERROR;
    return 0;
}
OUT long long ucnv_close(void) { return 0; }
OUT long long UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) { return 0; }
OUT long long UCNV_TO_U_CALLBACK_SUBSTITUTE(void) { return 0; }
OUT long long ucnv_reset(void) { return 0; }
OUT long long ucnv_getMaxCharSize(void) { return 0; }
OUT long long ucnv_getName(void) { return 0; }
OUT long long ucnv_getToUCallBack(void) { return 0; }
OUT long long ucnv_getFromUCallBack(void) { return 0; }
OUT long long ucnv_setToUCallBack(void) { return 0; }
OUT long long ucnv_setFromUCallBack(void) { return 0; }
OUT long long ucnv_cbToUWriteUChars(void) { return 0; }
OUT long long ucnv_toUnicode(void) { return 0; }
OUT long long ucnv_cbFromUWriteUChars(void) { return 0; }
OUT long long ucnv_toUCountPending(void) { return 0; }
OUT long long ucnv_fromUCountPending(void) { return 0; }
OUT long long ucnv_getStandardName(void) { return 0; }
OUT long long ucnv_getAvailableName(void) { return 0; }
OUT long long ucnv_countAvailable(void) { return 0; }
OUT long long ucnv_fromUnicode(void) { return 0; }
