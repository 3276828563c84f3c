; The installer of Windows: for one user, without the rights of an administrator.
;
; makensis -DVERSION=1.2.3 -DNUMBERS=1.2.3.0 -DFILES=file -DICON=file -DPICTURE=file -DOUT=file
;          [-DSIGN=command] nishan.nsi

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 16
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"

!define PROGRAM "Nishan"
!define TYPE "Nishan.Project"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\Nishan"
!define FOUND_BY_NAME "Software\Microsoft\Windows\CurrentVersion\App Paths"

Name "$(ProgramName)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PROGRAM}"
InstallDirRegKey HKCU "Software\${PROGRAM}" "Folder"
BrandingText " "
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif
SetDateSave on
SetOverwrite on
AllowSkipFiles off

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1033 "ProductName" "Nîşan"
VIAddVersionKey /LANG=1033 "FileDescription" "Nîşan ${VERSION}"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Nishan.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${PROGRAM}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language of the installer"
!define MUI_LANGDLL_WINDOWTITLE "Nîşan"
!define MUI_LANGDLL_INFO "زمان - Language"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first is offered where Windows speaks neither.
!insertmacro MUI_LANGUAGEEX "${__FILEDIR__}" "sorani"
!insertmacro MUI_LANGUAGE "English"
!include "sentences.nsh"
!insertmacro MUI_RESERVEFILE_LANGDLL

; Ends the work where the program is open: its files could be neither replaced nor removed.
!macro REQUIRE_CLOSED
  ${Do}
    StrCpy $1 ""
    !insertmacro SEE_WHETHER_OPEN "Nishan.exe"
    !insertmacro SEE_WHETHER_OPEN "annotator.exe"
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ${IfNot} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IsOpen)" /SD IDCANCEL IDRETRY`
      SetErrorLevel 4
      Abort
    ${EndIf}
  ${Loop}
!macroend

; Windows lets nobody write to a program that runs.
!macro SEE_WHETHER_OPEN NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${NAME}" a
    ${If} ${Errors}
      StrCpy $1 "${NAME}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

; Only what we put there, by name: the folder may hold other things, such as portable data.
!macro REMOVE_PROGRAM
  Delete "$INSTDIR\Nishan.exe"
  Delete "$INSTDIR\annotator.exe"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\site"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
  !insertmacro REQUIRE_CLOSED
  ; What an older version left would be found before what is new.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    !insertmacro REMOVE_PROGRAM
  ${EndIf}

  !include "${FILES}"
  SetOutPath "$INSTDIR" ; where the program starts by its link
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Nîşan.lnk" "$INSTDIR\Nishan.exe"
  WriteRegStr HKCU "Software\${PROGRAM}" "Folder" "$INSTDIR"

  ; Project files are opened by a double click; what somebody chose by Open with goes before it.
  WriteRegStr HKCU "Software\Classes\.nishan" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.nishan" "Content Type" "application/x-nishan-project"
  WriteRegNone HKCU "Software\Classes\.nishan\OpenWithProgids" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(ProjectType)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\Nishan.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\Nishan.exe" "%1"'

  ; Both are found by name where Windows is asked to run something.
  WriteRegStr HKCU "${FOUND_BY_NAME}\Nishan.exe" "" "$INSTDIR\Nishan.exe"
  WriteRegStr HKCU "${FOUND_BY_NAME}\annotator.exe" "" "$INSTDIR\annotator.exe"

  WriteRegStr HKCU "${LISTED}" "DisplayName" "Nîşan"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\Nishan.exe,0"
  WriteRegStr HKCU "${LISTED}" "Publisher" "Nîşan"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" "$0"
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  !insertmacro REQUIRE_CLOSED
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else is in it
  Delete "$SMPROGRAMS\Nîşan.lnk"

  ReadRegStr $0 HKCU "Software\Classes\.nishan" ""
  ${If} $0 == "${TYPE}"
    DeleteRegValue HKCU "Software\Classes\.nishan" ""
    DeleteRegValue HKCU "Software\Classes\.nishan" "Content Type"
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.nishan\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.nishan\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.nishan"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "${FOUND_BY_NAME}\Nishan.exe"
  DeleteRegKey HKCU "${FOUND_BY_NAME}\annotator.exe"
  DeleteRegKey HKCU "${LISTED}"
  DeleteRegValue HKCU "Software\${PROGRAM}" "Folder"
  DeleteRegValue HKCU "Software\${PROGRAM}" "Language of the installer"
  DeleteRegKey /ifempty HKCU "Software\${PROGRAM}"
  ${RefreshShellIcons}
SectionEnd
