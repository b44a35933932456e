# Everything about me.
me-tab = About me
me-what = This is all that is kept of you: with your sign-in, and in each of your groups.
me-groups-what = No list says which sign-in is which member. Only your own ring of keys does, so only you can see this together. The words themselves stand in the groups.
me-group-inside = You are in this group.
me-group-door = You are at the door, or were.
me-group-frozen = Your place in this group is frozen until the group has spoken with you.
me-group-gone = You are no longer in this group.
me-group-since = Since { $day }. Your name there:
me-in-member = One line about you: a random number, the order of coming, how you stand and since when. Name, mark, the exact time, by whose link you came, and names that you had here in the last two weeks are locked.
me-in-epoch = { $count ->
    [one] Your number stands in the list of one key, so that it is given to you.
   *[other] Your number stands in the lists of { $count } keys, so that they are given to you.
 }
me-in-key-grant = { $count ->
    [one] One key of the group, locked for you.
   *[other] { $count } keys of the group, locked for you.
 }
me-in-paper = { $count ->
    [one] One version of what you agreed on was written by you.
   *[other] { $count } versions of what you agreed on were written by you.
 }
me-in-stance = { $count ->
    [one] What you said to one version of what you agreed on, with its day.
   *[other] What you said to { $count } versions of what you agreed on, each with its day.
 }
me-in-invitation = { $count ->
    [one] One link that you made.
   *[other] { $count } links that you made.
 }
me-in-must-not-meet = A list of people whom you must not meet. Every member has one, empty or not, and only you can read yours.
me-in-newcomer = When you came in, for as long as you wait for earlier words.
me-in-nameless = Things that you said without your name. They lie with those of others, and only your key finds them.
me-in-asking = { $count ->
    [one] Your name stands in one asking to leave.
   *[other] Your name stands in { $count } askings to leave.
 }
me-in-meeting = { $count ->
    [one] Your name stands in one meeting: a role, whether you come, or that you came.
   *[other] Your name stands in { $count } meetings: a role, whether you come, or that you came.
 }
me-in-cause = You were the last to write the common cause, or to take it away, with the time.
me-in-stage = You named where the group is, with the time.
me-in-share = { $count ->
    [one] One thing that you shared, with its day.
   *[other] { $count } things that you shared, each with its day.
 }
me-in-answer = { $count ->
    [one] One answer of yours, with its day.
   *[other] { $count } answers of yours, each with its day.
 }
me-in-worry = Something that you told the facilitator because it worried you.
me-in-hidden = A list of what you hid from yourself. Only your key opens it.
me-in-envelope = { $count ->
    [one] One key to words that are not for everybody, locked for you.
   *[other] { $count } keys to words that are not for everybody, each locked for you.
 }
me-in-coming-back = You stand in what is kept about somebody who lost everything and comes back.
me-in-freezing = You stand in what is kept about a place that is frozen, or is to be.
me-in-departure = How you went.
me-in-door = Your letter at the door: your name, your answers, and whom you must not meet.
me-in-farewell = A letter to you with a reason. Only you can open it.
me-person = Your sign-in
me-joined = Joined on
me-keys = Your keys
me-keys-what = One random number that stands for you, a lock that only your passphrase opens, a ring of keys that only you can use, and a public key so that lines about your sign-ins can be put in for you to read.
me-behind = This place has a new key. Your passphrase is still locked with the old one. If you know your passphrase, sign out and sign in with it once. Then it is locked with the new key.
me-sheet-yes = You have a recovery sheet. A new one makes the old one useless.
me-sheet-no = You have no recovery sheet.
me-sheet-new = Make a recovery sheet
me-sign-ins = Where you are signed in
me-here = This device
me-own-device = Only you use it
me-shared-device = Others may use it
me-from-until = Since { $from }, at most until { $until }
me-sign-in-damaged = We can't tell when this one began: that can't be opened any more. It ends at { $until } at the latest. If you don't know it, sign it out.
me-name-damaged = Your sign-in name can't be shown any more. It still works if you know it. With your recovery code or a new recovery sheet you get a new one.
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
    [0] No trouble written down.
    [one] One trouble.
   *[other] { $count } troubles.
 }
me-notebook-goals = { $count ->
    [0] No goal written down.
    [one] One goal.
   *[other] { $count } goals: your main goal, and earlier ones.
 }
me-notebook-open = Open my notebook
me-drafts = Drafts
me-drafts-what = What you typed and have not sent, with its day, locked with your key. It stands in the form where you typed it, as long as there is that form. You can read it here, and throw it away.
me-draft-choices = No words, only what you had chosen.
me-draft-damaged = This draft was damaged, and does not open.
done-draft-gone = The draft is thrown away.
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
