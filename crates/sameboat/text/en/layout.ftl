# The frame of every page.
layout-brand = Sameboat
layout-skip = Go to the page
layout-leave = Leave this page fast
layout-ways = Yours
layout-notebook = My notebook
layout-groups = My groups
layout-help = I need help now
layout-me = Everything about me
layout-sign-in = Sign in
layout-sign-out = Sign out
layout-host = Who runs this
layout-device = Using this safely

# Leaving fast. The title is what the tab says while the next page loads.
leave-title = Weather
leave-two-more = Press Shift two more times to leave.
leave-one-more = Press Shift once more to leave.
leave-leaving = Leaving this page.
leave-late = You are still here.
leave-gone = You are signed out. If the next page does not open by itself:
leave-go = Go to the weather

form-mend = Something needs a small change. Nothing you typed is lost.
