; The sentences of our own installer, in both languages.

LangString ProgramName ${LANG_SORANI} "نیشان"
LangString ProgramName ${LANG_ENGLISH} "Nîşan"

LangString ProjectType ${LANG_SORANI} "پرۆژەی نیشان"
LangString ProjectType ${LANG_ENGLISH} "Nîşan project"

LangString IsOpen ${LANG_SORANI} "نیشان کراوەیە. کارەکەت پاشەکەوتە: دایبخە و دووبارە هەوڵ بدەوە."
LangString IsOpen ${LANG_ENGLISH} "Nîşan is open. Your work is saved: close it and try again."

LangString TooOld ${LANG_SORANI} "نیشان ویندۆزی ١٠ وەشانی 1809 یان نوێتری دەوێت. هیچ دانەمەزرا."
LangString TooOld ${LANG_ENGLISH} "Nîşan needs Windows 10 version 1809 or newer. Nothing was installed."
