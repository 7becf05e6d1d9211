"""An offline voice assistant that explains, in calm spoken Mandarin, how to leave a mobile plan."""

__version__ = "0.1.0"
