"""What buyers will read differently between two states of the handbook: `handbook diff`.

git.py reads a state, side.py says what of it can be compared, compare.py holds two of them against one another and
fills the shape in shape.py, which outline.py orders for people and text.py and markdown.py write out.
"""
