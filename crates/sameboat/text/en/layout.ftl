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
layout-who-knows = Your sign-in can't be looked up just now. Nothing is lost; try again in a minute.
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
leave-go = Go to a page about something else

# Before a sign-in ends. The first two stand on pages that are drawn shortly before.
ending-label = Your sign-in
ending-limit-shared = For your safety you are signed out in less than 15 minutes: { $moment }. Twelve hours are the most on a device that others use too.
ending-limit-own = You are signed out within a day: { $moment }. Half a year is the most, whatever you do here.
ending-how = Finish what you are writing, then sign in again.
ending-again = Sign in again
ending-idle-shared = Nothing has been opened or sent here for a while. In less than five minutes you are signed out.
ending-idle-own = Nothing has been opened or sent here for a month. Within a day you are signed out.
ending-stay = Stay signed in
ending-unsent = That did not get through. Try again in a moment.
ending-over = You are signed out now. What you typed still stands on this page. Copy it if you want to keep it.
done-stayed = You stay signed in.

form-mend = Something needs a small change. Nothing you typed is lost.
