"""Runs a build: reads inputs, makes every file, keeps work for the next build, publishes.

Comes in: the data folder, the settings, what was kept of the last build. Goes out: the site
folder, replaced as a whole or not at all, with a manifest by which anybody can verify it.
"""
