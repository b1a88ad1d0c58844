; The Windows setup: 64 bit, per user, Vietnamese and English, silent with /S. An upgrade puts the new program beside the
; old one, lets it test itself, and only then takes the old one away; a home is never touched here.
; Made by build_scripts/package.py or windows.py: makensis -DVERSION= -DFOLDER= -DOUT= -DSIZE= setup.nsi
;
; Silent: fieldtool-setup.exe /S [/D=FOLDER]        exit 0 installed, 3 the new program failed its self-test (old one kept),
;                                                   4 files of the old one stayed in use, 5 an older version than installed
; Silent: uninstall.exe /S [/HOMES=delete]          without /HOMES=delete homes stay; exit 4: the program is running
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "LogicLib.nsh"

Name "fieldtool"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\fieldtool"
InstallDirRegKey HKCU "Software\fieldtool" "folder"
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "fieldtool"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "fieldtool setup"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\fieldtool"
!define MUI_ICON "fieldtool.ico"
!define MUI_UNICON "fieldtool.ico"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${FOLDER}\_internal\LICENSE"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\fieldtool-window.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString InUse ${LANG_VIETNAMESE} "Chương trình đang chạy. Đóng mọi cửa sổ fieldtool rồi bấm Thử lại."
LangString InUse ${LANG_ENGLISH} "The program is running. Close every fieldtool window, then press Retry."
LangString Older ${LANG_VIETNAMESE} "Máy đang có bản mới hơn. Không cài lùi phiên bản."
LangString Older ${LANG_ENGLISH} "A newer version is installed. The program is not put back to an older one."
LangString Testing ${LANG_VIETNAMESE} "Bản mới đang tự kiểm tra, khoảng một phút…"
LangString Testing ${LANG_ENGLISH} "The new version tests itself, about a minute…"
LangString Failed ${LANG_VIETNAMESE} "Bản mới không qua được tự kiểm tra. Bản cũ đã được giữ lại."
LangString Failed ${LANG_ENGLISH} "The new version failed its self-test. The old one was kept."
LangString Homes ${LANG_VIETNAMESE} "Xoá luôn kho dữ liệu trên máy này? Chọn Không nếu chưa chắc: kho còn dùng lại được khi cài lại."
LangString Homes ${LANG_ENGLISH} "Delete the homes on this laptop as well? Choose No if unsure: they can be used again after a new installation."
LangString Really ${LANG_VIETNAMESE} "Xoá hẳn, không lấy lại được. Chắc chắn xoá kho dữ liệu?"
LangString Really ${LANG_ENGLISH} "They will be gone for good. Delete the homes?"

Function .onInit
  ReadRegStr $0 HKCU "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(Older)" /SD IDOK
      SetErrorLevel 5
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

; With /RESTART the program that asked for the update is started again, whichever version it is now.
Function Again
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/RESTART" $R1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\fieldtool-window.exe"'
  ${EndIf}
FunctionEnd

; Writes how this run ended where the program looks for it at its next start.
!macro Tell WORD
  FileOpen $9 "$INSTDIR.update" w
  FileWrite $9 "${WORD} ${VERSION}"
  FileClose $9
!macroend

Section "fieldtool"
  ; a run that was cut off may have left a new folder half made, or the old one under its second name
  RMDir /r "$INSTDIR.new"
  ${If} ${FileExists} "$INSTDIR.old\fieldtool-window.exe"
    ${If} ${FileExists} "$INSTDIR\fieldtool-window.exe"
      RMDir /r "$INSTDIR.old"
    ${Else}
      Rename "$INSTDIR.old" "$INSTDIR"
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR.new"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  DetailPrint "$(Testing)"
  SetOutPath "$TEMP"
  nsExec::ExecToLog '"$INSTDIR.new\fieldtool-window.exe" --quiet self-test'
  Pop $0
  ${If} $0 != 0
    RMDir /r "$INSTDIR.new"
    !insertmacro Tell "failed"
    MessageBox MB_OK|MB_ICONSTOP "$(Failed)" /SD IDOK
    Call Again
    SetErrorLevel 3
    Abort
  ${EndIf}
  ; the running program, or a virus scanner, may hold the old folder for a while
  StrCpy $1 0
  ${If} ${FileExists} "$INSTDIR\*.*"
    move:
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.old"
    ${If} ${Errors}
      IntOp $1 $1 + 1
      ${If} $1 < 60
        Sleep 1000
        Goto move
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY move
      RMDir /r "$INSTDIR.new"
      !insertmacro Tell "in-use"
      Call Again
      SetErrorLevel 4
      Abort
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR.new" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.old" "$INSTDIR"
    RMDir /r "$INSTDIR.new"
    !insertmacro Tell "in-use"
    SetErrorLevel 4
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  CreateDirectory "$SMPROGRAMS\fieldtool"
  CreateShortcut "$SMPROGRAMS\fieldtool\fieldtool.lnk" "$INSTDIR\fieldtool-window.exe"
  CreateShortcut "$DESKTOP\fieldtool.lnk" "$INSTDIR\fieldtool-window.exe"
  WriteRegStr HKCU "Software\fieldtool" "folder" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "fieldtool"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\fieldtool-window.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  !insertmacro Tell "installed"
  Call Again
SectionEnd

Function un.onInit
  ; asked for once, at the start: a home is deleted only after two clear answers, or by the option of a silent run
  StrCpy $R8 "keep"
  ; Windows lets nobody write to a program that runs: half of it would be gone and the officer still in it
  running:
  ${If} ${FileExists} "$INSTDIR\fieldtool-window.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\fieldtool-window.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY running
      SetErrorLevel 4
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/HOMES=" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R1 == "delete"
    StrCpy $R8 "delete"
  ${EndIf}
  ${IfNot} ${Silent}
  ${AndIf} ${FileExists} "$LOCALAPPDATA\fieldtool\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(Homes)" IDNO done
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(Really)" IDNO done
    StrCpy $R8 "delete"
  ${EndIf}
  done:
FunctionEnd

Section "Uninstall"
  Delete "$DESKTOP\fieldtool.lnk"
  RMDir /r "$SMPROGRAMS\fieldtool"
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\fieldtool.cmd"
  Delete "$INSTDIR\fieldtool-window.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$INSTDIR.old"
  RMDir /r "$INSTDIR.new"
  Delete "$INSTDIR.update"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\fieldtool"
  ${If} $R8 == "delete"
    RMDir /r "$LOCALAPPDATA\fieldtool"
  ${EndIf}
SectionEnd
