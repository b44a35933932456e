# Everything about me.
me-tab = About me
me-what = This is all that is kept with your sign-in. What you said in a group, and the name you have there, are kept in that group and not listed here: look under “Us” there.
me-person = Your sign-in
me-joined = Joined on
me-keys = Your keys
me-keys-what = One random number that stands for you, a lock that only your passphrase opens, a ring of keys that only you can use, and a public key so that lines about your sign-ins can be put in for you to read.
me-sheet-yes = You have a recovery sheet. A new one makes the old one useless.
me-sheet-no = You have no recovery sheet.
me-sheet-new = Make a new recovery sheet
me-sign-ins = Where you are signed in
me-here = This device
me-own-device = Only you use it
me-shared-device = Others may use it
me-from-until = Since { $from }, at most until { $until }
me-end = Sign this one out
me-end-here = Sign this device out
me-events = What happened to your sign-ins
me-events-what = Only you can read these lines. They are kept for { $days } days.
me-notebook = Your pages, locked with your own key, each with its day and its place in the order. You can read, change and delete them there.
me-notebook-pages = { $count ->
    [0] No pages.
    [one] One page.
   *[other] { $count } pages.
 }
me-notebook-troubles = { $count ->
    [0] No troubles.
    [one] One trouble.
   *[other] { $count } troubles.
 }
me-notebook-goals = { $count ->
    [0] No goal.
    [one] One goal.
   *[other] { $count } goals: your main goal, and earlier ones.
 }
me-notebook-open = Open my notebook
me-drafts = Drafts
me-drafts-what = What you typed and have not sent, with its day, locked with your key. You find it in the form where you typed it, and can throw it away there.
me-drafts-count = { $count ->
    [0] No drafts just now.
    [one] One draft.
   *[other] { $count } drafts.
 }
me-founding = A group you are preparing
me-founding-kept = Your answers so far, locked with your key, last kept on { $day }. When the group begins they are deleted here.
me-founding-none = No answers are kept just now.
me-nothing-title = What is not kept
me-nothing = No e-mail address, no phone number, no internet address, no kind of browser, no time of your last visit, nothing about what you read.
me-used-once = Each form you send leaves a random number for 200 days, so that sending it twice does not double it. It says nothing of you or your words; only somebody who watches the database at that moment could tell that it was you.
