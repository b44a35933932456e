# The page before the first sensitive one, and the page about devices.
begin-tab = Before you begin
begin-title = Before you begin
begin-words = What you write here may be private. It helps to be somewhere where nobody looks over your shoulder.
begin-on = I know how to leave. Go on
begin-have = I have a sign-in already

device-tab = Using this safely
device-title = Using this safely
device-leaving-title = How to leave this page fast
device-leaving = On every page you can be gone in one step. It ends your sign-in and opens the weather.
device-leaving-button = Press “Leave this page fast”. It is at the top of every page.
device-leaving-shift = Or press the Shift key three times, if you have a keyboard.
device-leaving-honest = It does not erase the browser's history. Somebody who looks there can see that this site was open. Words you had not sent may be lost.
device-history-title = What stays in the history
device-history = The history holds the address of this site and neutral page titles, no names and no words of yours. To leave no trace, use a private window, or delete the history of today. An empty history can also make somebody ask.
device-shared-title = If others use this device
device-shared = Don't tick “Only I use this device” when you sign in, and sign out when you are done. Don't let the browser keep your passphrase.
device-watched-title = If somebody may be watching this device
device-watched = No button helps against a program that watches the screen or the keys. If you fear that, use another device: a library's, a friend's, one at work.
device-back-title = How to come back
device-back = Open the front page and sign in with your sign-in name and your passphrase. Remember them, or keep them on paper in a safe place.
