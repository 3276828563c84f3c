; What the pages of the installer say in Sorani; sorani.nlf has the buttons. NSIS itself brings
; Kurdish in Latin letters (Kurmanji) only.

!insertmacro LANGFILE "Sorani" = "کوردیی ناوەندی" "Sorani"

!ifdef MUI_WELCOMEPAGE
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TITLE "بەخێربێیت بۆ دامەزراندنی $(^NameDA)"
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TEXT "$(^NameDA) تەنها بۆ تۆ دادەمەزرێت و مۆڵەتی بەڕێوەبەری ناوێت.$\r$\n$\r$\nپرۆژە و ڕێکخستنەکانت وەک خۆیان دەمێننەوە.$\r$\n$\r$\n$_CLICK"
!endif

!ifdef MUI_DIRECTORYPAGE
  ${LangFileString} MUI_TEXT_DIRECTORY_TITLE "شوێنی دامەزراندن هەڵبژێرە"
  ${LangFileString} MUI_TEXT_DIRECTORY_SUBTITLE "ئەو بوخچەیە هەڵبژێرە کە $(^NameDA) تێیدا دادەمەزرێت."
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "دادەمەزرێت"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "تکایە چاوەڕێ بکە تا $(^NameDA) دادەمەزرێت."
  ${LangFileString} MUI_TEXT_FINISH_TITLE "دامەزراندن تەواو بوو"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "$(^NameDA) دامەزرا."
  ${LangFileString} MUI_TEXT_ABORT_TITLE "دامەزراندن ڕاگیرا"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "$(^NameDA) بە تەواوی دانەمەزرا."
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "لادەبرێت"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "تکایە چاوەڕێ بکە تا $(^NameDA) لادەبرێت."
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "لابردن تەواو بوو"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "$(^NameDA) لابرا؛ پرۆژە و ڕێکخستنەکانت ماونەتەوە."
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "لابردن ڕاگیرا"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "$(^NameDA) بە تەواوی لانەبرا."
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "$(^NameDA) دامەزرا"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "$(^NameDA) لە مێنیوی دەستپێکدایە، و کرتەی دووانی لەسەر پەڕگەیەکی پرۆژە (.nishan) دەیکاتەوە.$\r$\n$\r$\nبۆ داخستنی ئەم پەنجەرەیە «تەواوکردن» دابگرە."
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "بۆ تەواوبوونی دامەزراندنی $(^NameDA) کۆمپیوتەرەکە دەبێت دەست پێ بکاتەوە. ئێستا دەست پێ بکاتەوە؟"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "ئێستا دەست پێ بکاتەوە"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "دواتر خۆم دەستی پێ دەکەمەوە"
  ${LangFileString} MUI_TEXT_FINISH_RUN "$(^NameDA) بکەرەوە"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "ڕێنوێنی پیشان بدە"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "تەواوکردن"
!endif

!ifdef MUI_UNCONFIRMPAGE
  ${LangFileString} MUI_UNTEXT_CONFIRM_TITLE "لابردنی $(^NameDA)"
  ${LangFileString} MUI_UNTEXT_CONFIRM_SUBTITLE "$(^NameDA) لەم کۆمپیوتەرە لادەبرێت. پرۆژە و ڕێکخستنەکانت دەمێننەوە."
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "دڵنیایت دەتەوێت دامەزراندنی $(^Name) ڕابگریت؟"
!endif
