"""Sound to words: recordings, microphones, speech detection, recognisers."""
