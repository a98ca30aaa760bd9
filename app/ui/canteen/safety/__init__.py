"""食品安全: samples, morning checks, what comes in with which ticket."""
