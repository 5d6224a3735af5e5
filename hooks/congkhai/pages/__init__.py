"""Says which pages exist, what each is told, and renders them through `theme/`.

Comes in: the site model. Goes out: the pages' HTML. All Vietnamese words for terms of the
model are in `labels`; how a page is laid out is in `theme/`.
"""
