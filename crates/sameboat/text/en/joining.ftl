# The link.
joining-tab = A card to read
joining-title = Somebody would like you with them
joining-what = Read this in peace. It is all that this link opens. You see nobody's name and nobody's words here, and nobody sees that you looked.
joining-nothing-yet = The group learns nothing about you until you send your answers. The link works for one person, once.
joining-sign-in-kept = That you read this is kept nowhere. To answer you need a sign-in, which is kept here.
joining-new = Go on, I am new here
joining-on = I have read it. Go on
joining-dead-title = This link opens nothing now
joining-dead = Perhaps it was used before, taken back, or its days are over. If you opened it more than three hours ago, open the link once more. Otherwise ask the person who gave it to you for a new one.
joining-already = You are in this group already, or at its door. Look under “My groups”.
joining-frozen = You have a place in this group, and it is frozen. Speak with somebody in it: they can give you the key again. This link was not used up.
joining-farewell = Somebody in this group wrote to you. Read it first, under “My groups”, and put it away. Then knock again: this link was not used up.
joining-long = Use at most 500 letters here.

# Answers.
answers-title = Before you come in
answers-what = Only the name is needed. The members of the group read what you write here, except the names of people you must not meet: those are shown to nobody.
answers-name = What this group may call you
answers-name-hint = Any name you like. It need not be your real one, and each group may know another.
answers-reach = How to reach you safely
answers-reach-hint = You may leave this empty. Say at what hours, and what must not be said if somebody else answers.
answers-hard = What would make it hard to come
answers-hard-hint = You may leave this empty. Stairs, small children, late buses, a language.
answers-must-not-meet = People you must not meet here
answers-must-not-meet-hint = One name a line, as many spellings as you know. If one of them is in the group, or if somebody in the group must not meet you, you are not shown at the door. Only names written alike are caught: somebody who uses another name is not.
answers-clauses = Say something to each line. Standing aside means: not my choice, but I won't be in the way. An objection does not keep you out: the group reads it and talks with you.
answers-clause = What you say to line { $number }
answers-object = I object
answers-why = If you object: what troubles you?
joining-other-link = Another link was opened in this browser since you saw this page. What you wrote is still here, and nothing was sent. Press “Back” to see whose card it is now. Then send it again, if you want to.
answers-sealed = What you write goes into a letter-box that only members of the group can open. You can take it back for as long as you wait.
answers-do = Knock at the door

# Waiting.
waiting-title = At the door
waiting-none = You are waiting at no door.
waiting-unnamed = A group
waiting-yes = A member can let you in. Then you find the group under “My groups”. Until then you can write in your notebook.
waiting-no = This group can't place you now. That says nothing about you, and your notebook stays yours. You can look for help here, or start a group of your own.
waiting-step-back = Go away from this door
waiting-clear = Take this off my list
groups-waiting = You are at the door
done-at-the-door = Your answers are in the letter-box.
done-stepped-back = It is off your list. If your answers still waited, they are deleted.

# The door, for members.
door-title = At the door
door-what = Any of you may let somebody in. Look whether you expect them. If you are not sure, ask whoever invited them.
door-list-lost = The list of one of us cannot be read any more: the list of whom they must not meet. Please look at yours, and keep it again. Until all lists can be read, nobody can be let in.
door-nobody = Nobody is waiting that you could let in.
door-since = Since { $day }
door-by = invited by
door-reach = How to reach them safely
door-hard = What would make it hard for them to come
door-alike = Take care: this name looks like that of somebody who is or was here, or waits too:
door-mixed = Take care: letters of different scripts stand in this name. Somebody may want to look like somebody else.
door-hidden = Take care: signs that can't be seen stand in this name. Some scripts and pictures need them. Somebody may also want two names to look the same.
door-accepts = Says yes to the whole agreement.
door-stands-aside = Stands aside here.
door-objects = Objects:
door-let-in = Let them in
door-several = Those expected tonight
door-let-several-in = Let these in together
door-let-in-what = Whoever comes in sees all names here, and reads what the agreement says they may read. The group's key is changed with each newcomer.
door-gone = This person is not at the door any more. Perhaps somebody else let them in, or they went away. Nobody was let in just now.
door-full = The group is full. Before somebody new comes in, somebody has to leave, or you agree on a larger size.
door-closed = Your group is closed: it agreed to take in nobody new after its start, and that is more than 28 days ago. You can agree on another shape.
door-waiting = { $count ->
    [one] Somebody is at the door.
   *[other] { $count } people are at the door.
 }
door-look = Look who it is
door-stopped = Somebody was stopped at the door because of a name on your list.
door-stopped-seen = I have read it
done-let-in = They are in. Say hello to each other.

# Links.
invite-title = Invite somebody
invite-what = A link lets one person read the card and the agreement, and knock. It opens nothing else.
invite-days = How long should it work?
invite-days-choice = { $days ->
    [one] One day
   *[other] { $days } days
 }
invite-days-issue = Choose one of these.
invite-count = How many links?
invite-count-hint = One for each person.
invite-count-issue = Choose a number from 1 to 10.
invite-label = A note for the group
invite-label-hint = You may leave this empty. Say who it is for, like “from the choir”. Whoever gets the link does not see it.
invite-label-issue = Use at most 60 letters.
invite-do = Make the link
invite-many = Very many links are out already. Take some back first.
invite-list = Links that are out
invite-list-none = There are none.
invite-list-what = Whether a link was used is not shown. It goes from this list when its person is let in, when its days are over, or when you take it back.
invite-by = Made by
invite-by-gone = Made by somebody who has left
invite-until = Works at most until { $moment }
invite-take-back = Take it back
done-taken-back = It is taken back and opens nothing now.
made-title = { $count ->
    [one] Here is the link
   *[other] Here are the links
 }
made-once = This is shown only this once. Nobody can look it up later; you can make a new one.
made-what = { $days ->
    [one] Each link is for one person and works for one day. Give it to them alone: whoever holds it can knock.
   *[other] Each link is for one person and works for { $days } days. Give it to them alone: whoever holds it can knock.
 }
made-strip = Scan this or type it, and read before you say a word. For one person, until { $day }.
made-link = Link { $number }
made-qr = The link as a picture to scan
made-share = Share
made-copy = Copy
made-print = Print it as a strip of paper

# Whom I must not meet.
must-not-meet-title = People I must not meet
must-not-meet-what = Nobody but you is shown this list, and nobody sees whether you have one. When somebody knocks whose name stands on it, nobody is asked to let them in, and they are not told why.
must-not-meet-names = Names
must-not-meet-hint = One name a line, as many spellings as you know. Only names written alike are caught: somebody who uses another name is not. So look at the door yourself too.
must-not-meet-tell = Tell me if somebody was stopped because of my list
must-not-meet-tell-hint = You would read on Today that it happened, not more.
must-not-meet-many = List at most 20 names.
must-not-meet-long = Use at most 60 letters for a name.
must-not-meet-do = Keep this list
must-not-meet-stopped = Somebody was stopped at the door because of a name on this list.
done-list-kept = Your list is kept.
