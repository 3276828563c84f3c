"""The program looks whether it works on this computer: ``annotator --self-test``.

Every installer is tried out by it. It writes only into a folder that it is given.
"""
