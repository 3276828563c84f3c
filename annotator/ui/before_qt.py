"""What the window needs and what knows no Qt: loaded before Qt, which makes a start shorter.

Once Qt for Python is loaded every import goes through it; see `own_modules`. Whoever loads the
window imports this module first; a test tells what is missing here.
"""

import annotator.foundation.markup
import annotator.foundation.screens
import annotator.foundation.sessions
import annotator.foundation.settings_file
import annotator.foundation.wakeup
import annotator.kurdish.characters
import annotator.ui.console_close
import annotator.ui.editing.editor
import annotator.ui.editing.legend_entries
import annotator.ui.keyboard.user_keys
import annotator.ui.late_acts
import annotator.ui.late_editing
import annotator.ui.menu_table
import annotator.ui.page_scene
import annotator.ui.scheme_acts
import annotator.ui.textview.blocks
import annotator.ui.textview.fills
import annotator.ui.textview.heights
import annotator.ui.textview.lanes
import annotator.ui.textview.offsets
import annotator.workbench.opening
import annotator.workbench.projects
import annotator.workbench.reading_copy  # noqa: F401
