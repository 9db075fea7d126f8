"""Files that people send: what they are is read from their bytes, and what is kept is written anew.

What reads them is loaded where they are read, in a process apart (`__main__`), and nowhere else.
"""
