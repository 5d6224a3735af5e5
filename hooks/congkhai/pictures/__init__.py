"""Says where everything in a picture stands: plain geometry, in the units of an SVG's `viewBox`.

Comes in: plans, places and programmes of the model. Goes out: frozen drawings that
`theme/partials/pictures/` turns into SVG, on the page and as a file of its own. No words and no
colours here, and nothing that the table beside the picture does not say.
"""
