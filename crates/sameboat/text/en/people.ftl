# Joining.
back = Back
join-tab = Join
join-title = Make yourself a sign-in
join-what = No e-mail address, no phone number, no real name. Your sign-in name is only for coming back here. In each group you choose the name that others see.
join-closed = Nobody can join here yet, because whoever runs this has not said who they are. Ask them to fill in “Who runs this”.
join-with-link = Here you need a link to make a sign-in. A member of a group can give you one. To start a group of your own, ask whoever runs this for a link. Open it in this browser, and you can go on.
join-many = Many people have joined from where you are within the last hour. Please wait a while, then press the button again. What you typed is still here.
join-no-room = There is little room left on this machine, so nobody can join just now. Please tell whoever runs this. What you typed is still here.
join-word = Pick a word for your sign-in name
join-word-hint = Four digits are added to it, so that your name is yours alone.
join-own-word = Or a word of your own
join-word-none = Pick one of these words, or write one of your own.
join-word-issue = Use one word made of letters only, at most 24 of them.
join-word-full = Very many people picked this word. Please pick another.
join-twice = The form came twice, and was done once. If you saw your new sign-in name, use it to sign in. If you did not, join again with this form; nothing else is lost.
join-passphrase = Your passphrase
join-passphrase-hint = Five words that nobody can guess. Write them down, or learn them as a little story.
join-own = I'd rather use words of my own
join-own-passphrase = Your own words
join-own-hint = At least 15 letters, and nothing that others could guess: no names, no dates, no song lines. Nobody can look it up for you.
join-made = Give me five words instead
join-sheet = Make me a recovery sheet
join-sheet-hint = A code to print or copy. It is the way back in if you forget your passphrase. You see it once.
join-honest = If you lose both the passphrase and the sheet, nobody can open your notebook again: not us, not whoever runs this. In a group of others, people who know you can let you come back.
join-do = Make my sign-in

device-own = Only I use this device
device-own-hint = Ticked: you stay signed in if you come here once in 30 days, half a year at most. Empty: you are signed out when you close the browser, after an hour without a new page, and after twelve hours at most. We tell you before. When a ticked one ends by itself, a mark without your name stays here for a year, so that nobody can keep you from signing in. Signing out takes it away.

passphrase-length = Type a passphrase: at least 15 letters, at most 1,000.
passphrase-short = This is too short. Use at least 15 letters, better a whole line of words that don't belong together.
passphrase-weak = This can be guessed too easily. Add some words that have nothing to do with each other or with you.

# The sheet.
sheet-tab = Your sheet
sheet-joined = You have a sign-in
sheet-recovered = You are back
sheet-new = Your new recovery sheet
sheet-new-what = You see the code once. If you had a sheet before, its code stops working.
sheet-once = Write this down or print it now. It is shown only this once.
sheet-new-name = Your sign-in name has new digits: meanwhile, somebody else was given the old ones.
sheet-other-name = Your old sign-in name could not be read any more. This is your new one.
sheet-title = Recovery sheet
sheet-name = Sign-in name
sheet-passphrase = Passphrase
sheet-passphrase-line = Passphrase (write it here only if this paper stays safe)
sheet-code = Recovery code
sheet-use = If you forget your passphrase: choose “Sign in”, then “I have lost my passphrase”, and type the code. It works once, then you get a new one.
sheet-declined = You chose to have no recovery code. If you forget your passphrase, nobody can open your notebook again. You can still make a sheet under “Everything about me”.
sheet-keep = Keep it where only you find it.
sheet-print = Print it
sheet-copy = Copy the code
said-copied = Copied.
said-selected = Selected. Copy it with the keys of your device.
sheet-on = I have kept it. On to my notebook
sheet-on-elsewhere = I have kept it. Go on

# Signing in.
sign-in-tab = Sign in
sign-in-title = Sign in
sign-in-name = Sign-in name
sign-in-name-hint = The word and the four digits, like heron-4821.
sign-in-passphrase = Passphrase
sign-in-passphrase-hint = Big or small letters and the signs between words make no difference if we gave you the words.
sign-in-wrong = That name and passphrase don't go together. Nothing is lost. Try again, or use your recovery code.
sign-in-again = This form was sent before. Nothing was tried this time. Type your passphrase once more.
sign-in-lost = I have lost my passphrase
sign-in-none = I have no sign-in yet
trouble-one-try = Too many tries at this name are waiting where you are. Give it half a minute, then try again. It did not count as a try.
done-signed-out = You are signed out.

# Recovery.
recovery-tab = Lost passphrase
recovery-title = I have lost my passphrase
recovery-what = Type the code from your recovery sheet and choose a new passphrase. All your other devices are signed out, and you get a new sheet.
recovery-code = Recovery code
recovery-code-hint = 27 letters and digits. Spaces, hyphens and big or small letters make no difference.
recovery-code-issue = There is a slip in this code. Look at it once more, letter by letter.
recovery-code-unknown = This code opens nothing. Perhaps it was used before: then a newer sheet took its place.
recovery-do = Let me back in
recovery-none-title = If you have no code either
recovery-none = Nobody can open your notebook again. Make yourself a new sign-in and ask somebody from your group to let you in once more.

# The passphrase.
passphrase-tab = Passphrase
passphrase-title = Change my passphrase
passphrase-what = Your other devices are signed out. What you wrote stays as it is.
passphrase-old = Your passphrase now
passphrase-old-wrong = That is not your passphrase. Nothing was changed.
passphrase-old-again = This form was sent before. Nothing was tried this time. Type your passphrase once more.
passphrase-old-gone = This place has a new key, and your passphrase is still locked with the old one. Ask whoever runs this place to put the old key back for you. Or use your recovery code: choose “I have lost my passphrase” where you sign in.
passphrase-new = New passphrase
passphrase-do = Change it
done-passphrase = Your passphrase is changed, and your other devices are signed out.

# What happened to sign-ins.
done-ended = That device is signed out.
event-joined = You joined.
event-signed-in = You signed in.
event-wrong-passphrase = Somebody tried a wrong passphrase with your sign-in name.
event-old-lock = Somebody had put back an old lock of yours, and an old passphrase or code was tried on it. It opened nothing. Tell whoever runs this.
event-recovered = Your recovery code was used.
event-new-passphrase = Your passphrase was changed.
event-new-sheet = A new recovery sheet was made.
event-ended = A sign-in was ended from your list.
event-closed = This line does not open. It was changed, and not by you. Tell whoever runs this.
