# Me in this group.
me-title = Me in this group
me-name-title = My name here
me-name-do = Use this name
me-name-alike = Somebody who is or was here has a name that looks the same. Add a word, so that nobody is mistaken for you.
me-name-often = You took three other names in the last two weeks. Wait some days, so that everybody can follow.
me-break-title = A break
me-break-what = You can stop for a while, without a reason. You stay in the group, and nobody waits for your word.
me-break-on = You are on a break. Come back whenever you like.
me-break-do = Go on a break
me-break-end = I am back
me-leave-what = At any time, without a reason.
me-asked = You are asked to leave this group.
me-asked-read = Read why
me-asked-meanwhile = While the others think about whether you should leave, you can't invite anybody, let anybody in, or say whose place is frozen. All else you can do as before.
done-renamed = The group calls you by your new name now.
done-on-break = You are on a break.
done-back-again = Welcome back.

# Leaving.
go-title = Leave this group
go-what = You need no reason, and nobody has to agree. It happens at once.
go-then = The group gets a new key. You can read nothing that is written from then on.
go-before = A copy of the machine from before still holds what you could read then. That is true of everybody who leaves.
go-back = To come back you need to be invited again.
go-last = You are the last one here. If you leave, the group ends, and everything in it is deleted.
go-last-frozen = You are the last one who has the key: all other places are frozen. If you leave, those places get the key again, and the group goes on.
go-words = What becomes of your words
go-words-issue = Choose what becomes of your words.
go-words-with-name = Keep them, with my name
go-words-with-name-hint = Those who knew you still see who wrote them.
go-words-without-name = Keep them, without my name
go-words-without-name-hint = Your name goes from the list. Whoever remembers may still guess.
go-words-removed = Take them away
go-words-removed-hint = Your name goes, and what you said to the agreement with it. Backups, if there are any, forget it after some days.
go-nameless = What you ticked in our common ground, and your “me too”, stay. They name nobody, and they count on. If they went with you, everybody would see whose they were. You can take them back before you go. Our common cause stays as well, whoever wrote it.
go-do = Leave now
done-left = You have left. Look after yourself.

# Asking somebody to leave.
ask-title = Ask somebody to leave
ask-first = Has somebody spoken with them? Often that is enough, or a change to what you agreed on.
ask-rule = It happens when all others say yes, at least two of them. The one who is asked does not decide. Nor does anybody who came less than three days before, unless it was on the first evening, or who comes later. Nobody waits for those on a break. After two weeks without everybody's yes, it is over. Until then the one who is asked can bring nobody in and freeze no place.
ask-alone = You began this group, and three of you have not yet said yes to the whole draft, so you decide this alone. They are out at once. Everybody sees that you did it.
ask-reason-what = You write the reason. Only the one who is asked reads it, at once, so that they can answer. The others see that it was asked, not why.
ask-reason-alone = You write the reason. Only they read it. The others see that you asked them to leave, not why.
ask-honest = When they go, the group gets a new key, and open invitations end. They read nothing new. What they could read until then, they may have kept.
ask-nobody = Nobody else is here.
ask-whom = Whom?
ask-reason = The reason, for them alone
ask-reason-hint = Say what happened and why it can't go on. Write it so that you could hear it yourself.
ask-reason-issue = Write the reason. Nobody should be asked to leave without one.
ask-reason-long = Make it shorter: at most 2,000 letters.
ask-too-few = At least two others must decide this, who have been here for three days, and there are not enough of you. You can leave yourself, and begin anew elsewhere.
ask-came-since = You came in after this was asked, or very shortly before. So the others decide it.
ask-already = This was already asked. Say what you think of it on Today.
ask-do = Ask them to leave
ask-open = Asked on { $day } by
ask-open-what = If all others say yes, they leave at once.
ask-began = You began this. If you take it back, it ends.
ask-said-yes = You said yes.
ask-take-back = Take it back
ask-no-need = You need not say anything. Without your yes, it does not happen.
ask-say-yes = Yes, they should leave
done-ask-kept = Kept.
done-ask-out = They are out of the group now. The group has a new key.

# Who went.
went-somebody = Somebody
went-left = left on { $day }.
went-asked = was asked to leave by all others, on { $day }.
went-asked-by-founder = was asked to leave by whoever began the group, on { $day }.
went-came-back = lost everything, and came back with a new sign-in, on { $day }. What the old one wrote stands as it did.
went-title = You are no longer in this group
went-title-inside = You are asked to leave
went-why = On { $day } somebody wrote this to you. Only you can read it.
went-inside = You are still here while the others think about it. You can answer them when you meet. You can also leave yourself, at any time.
went-outside = You can't read the group any more. What you wrote in your notebook is yours and stays. If this is hard: you need not carry it alone.
went-put-away-what = When you have read it, you can put it away. Then it is deleted.
went-put-away = Put it away for good
done-put-away = It is deleted.

# Leaving for good.
leave-me-tab = Leave
leave-me-title = Leave this place for good
leave-me-what = You leave all your groups, at once and without a reason. Each gets a new key. Then your sign-in and your notebook are deleted. It can't be undone. Where you are the last one, the group ends, and everything in it is deleted.
leave-me-frozen = A place of yours is frozen, so you have no key to that group. If you take your name away, it goes at once. What else becomes of your words there is done when another member next does something in the group. Until then they stay.
leave-me-words = What becomes of your words in groups
leave-me-backups = { $days ->
    [0] No backups are kept.
    [one] In backups, locked, it is gone after one day.
   *[other] In backups, locked, it is gone after { $days } days.
 }
leave-me-sure = Yes, leave all my groups and delete my sign-in and my notebook
leave-me-sure-issue = Tick this if you are sure.
leave-me-do = Leave for good
done-gone = You are gone from here, from your groups too, with your sign-in and your notebook. Take care.
