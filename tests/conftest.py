"""Every test: offscreen Qt, isolated settings, and any unexpected warning is a failure."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("NISHAN_LANGUAGE", "en")
