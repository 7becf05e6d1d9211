"""An offline voice assistant that explains, in calm spoken Mandarin, how to leave a mobile plan."""

from voice.startup import prepare

__version__ = "0.1.0"

prepare()
