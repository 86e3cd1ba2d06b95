"""The finder: from a buyer's message to the scenario. Its ranking is overrides/assets/finder.js; here it learns, and answers the command line."""
