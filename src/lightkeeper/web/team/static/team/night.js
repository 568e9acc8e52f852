// Before the first line is drawn: light or night as this person chose on this machine.
try { const chosen = localStorage.getItem("night"); if (chosen) document.documentElement.dataset.night = chosen } catch { /* storage is off */ }
