"""The page: annotations to scene to geometry to pixels, and back."""
