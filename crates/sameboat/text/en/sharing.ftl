# Talk: what was shared.
talk-title = Talk
talk-empty-title = Nothing here yet
talk-empty = You can listen as long as you like. Nobody has to begin.
talk-willing = Share something if you want to, one thing at a time. To keep it is just as good.
talk-more = Also here
talk-draft = You began something here and did not send it.
talk-write = Write something
talk-open = Read and answer
talk-open-mine = See who answered
talk-answers = { $count ->
    [one] One answer in words
   *[other] { $count } answers in words
 }
talk-damaged = { $count ->
    [one] One thing that was shared here can't be read any more. It was damaged where it is kept. Please tell whoever runs this.
   *[other] { $count } things that were shared here can't be read any more. They were damaged where they are kept. Please tell whoever runs this.
 }
talk-earlier = What was shared before
talk-newest = Back to the newest

# Writing a share. The words for what is wanted, as somebody chooses them.
share-title = Share something
share-first = Nothing goes anywhere yet. First you see by name who would read it.
share-leaving = How do you leave?
share-leaving-what = One line is enough: how you feel, what you take along, your next step. It stays with you, unless you choose below to share it.
share-draft = This is what you had typed on { $day }. It was not sent.
share-no-script = Nothing is saved by itself here. Copy your words if you want to leave this page.
share-wants = What would help you?
share-wants-issue = Choose what would help you, so that nobody has to guess.
share-want-listening = Just listen to me
share-want-experience = Tell me what you have lived through yourselves
share-want-ideas = Give me ideas
share-want-help = Help me with something practical
share-want-company = Keep me company with it
share-audience = Who is it for?
share-audience-issue = Choose who it is for.
share-keep = Only me, for now
share-keep-hint = It goes into your notebook. You can share it later.
share-one = One person
share-one-hint = Choose who, below.
share-facilitator = The facilitator
share-group = The whole group
share-group-hint = You see all the names before it goes.
share-to = If it is for one person: who?
share-to-nobody = Choose somebody
share-to-issue = Choose the person it is for.
share-to-gone = This person is not in the group any more. Choose somebody else.
share-nobody-on-duty = Somebody else is the facilitator now, or nobody is. Choose again who it is for.
share-newcomers = People who come later may read it too
share-newcomers-hint = This counts only for what you share with the whole group.
share-newcomers-after = This counts only for what you share with the whole group. Without it, our agreement lets them read it after 72 hours, unless one of us objects.
share-newcomers-anyway = Our agreement lets people who come later read what is shared with the whole group.
share-look = See who will read it
share-words-empty = Write something first, even one word.
share-words-long = This is longer than 5,000 characters. Nothing is lost: take some away, or share it in two parts.

# Before it goes.
share-before = Before it goes
share-see = { $count ->
    [0] Nobody else is here yet, so only you will see this.
    [one] One person will see this:
   *[other] { $count } people will see this:
 }
share-later-yes = People who come later can read it too.
share-later-no = People who come later can't read it.
share-later-at-once = Our agreement says that people who come later may read what was written before. So they can read it too.
share-later-after = Our agreement says that people who come later may read earlier words after 72 hours, unless one of us objects. So they may read it then.
share-later-alone = Nobody else in the group can open it.
share-can-take-back = You can take it back whenever you like. Until somebody answers, you can change the words.
share-honest = What is said here stays here: we promised that to each other. No program can stop a person from telling.
share-limits = If a life is in danger, or a child is harmed, somebody may have to tell others.
share-changed = It is not the same people any more, or something changed in what we agreed on. Here is who would read it now.
share-do = Share it
share-change = Change something
share-keep-instead = Keep it for me

# A share as it is read.
share-wish = What would help:
share-wants-listening = listening, not advice
share-wants-experience = what you have lived through
share-wants-ideas = ideas
share-wants-help = practical help
share-wants-company = company
share-mended = changed
share-only-you = Only you and whoever wrote it can see this.
share-only-them = Only two of us can see this: you and
share-same-count = { $count } of us have been there.
share-same-some = Some of us have been there.
share-not-only = You are not the only one.
share-back = Back to Talk
share-one-title = Somebody shared this
share-mine = You shared this
share-me-too = Me too
share-not-me-too = Take my “me too” back
share-me-too-what = “Me too” bears no name. A number is shown only from three people on, and may count people who have left.
share-heard = I have read it all
share-thanks = Thank you for saying it
share-said-heard = You told them that you have read it all.
share-unsay-heard = Take that back
share-said-thanks = You thanked them.
share-unsay-thanks = Take the thanks back
share-signs-what = That you read it, and thanks, go only to whoever wrote it.
share-signs-mine = Only you see who read it all and who thanked you.
share-heard-by = They have read it all:
share-thanks-from = They thank you for saying it:
share-answers = Answers
share-answers-damaged = { $count ->
    [one] One answer can't be read any more. It was damaged where it is kept.
   *[other] { $count } answers can't be read any more. They were damaged where they are kept.
 }
share-no-answers = No words yet.
share-answer = Write an answer
share-answer-anyway = Only listening was asked for. Write a few words all the same
share-answer-own = Your words
share-answer-listening = Your words: that you are listening, not what to do
share-answer-experience = What you have lived through yourself
share-answer-ideas = Your ideas
share-answer-help = What you could do, and when
share-answer-company = A few words, so that they are not alone with it
share-answer-all = Everybody who can read this will see your answer, with your name.
share-answer-alone = Only the two of you will see it.
share-answer-do = Send it

# Another kind of answer than was asked for.
offer-else = I have something else to give
offer-what = They asked for something else, so ask first. They can say yes or no, and need not say why. Whoever can read their words can read your question, with your name.
offer-experience = Would you like to hear what I have lived through?
offer-ideas = Would you like some ideas?
offer-help = Would you like practical help?
offer-company = Would you like company?
offer-you-said = You said:
offer-yes = Yes, please.
offer-no = Not now, thank you.
offer-alone = Only they read what you say to it.
offer-declined = They have said no to this, and that stands. You can still say that you have read it, or thank them.
done-offer-asked = You have asked. If they say yes, you read it here, and the field for your answer says so.
done-offer-yes = They can read your yes, and nobody else.
done-offer-no = They can read it, and nobody else. You owe nobody a reason.

share-other-words = The words were changed since you opened them. Read them as they are now, before you say something to them. What you typed is still here.
share-answered = Somebody has answered already, so these words stay as they are. You can take them back, and share new ones.
share-hide = Hide this from me
answer-take-back = Take this back

# Mending and taking back.
share-mend = Change the words
share-mend-what = Who could read it still can, and nobody else. If somebody said “me too” to the old words, that goes: they can say it again.
share-mend-do = Keep the new words
share-take-back = Take it back
share-take-back-title = Take this back?
share-take-back-what = The words go, and all answers to them. Nobody will find them here any more. Who has read them may remember them.
share-take-back-do = Take it back
share-take-back-not = Leave it

# From the notebook.
share-fold = If I want to show this to somebody
share-fold-what = You choose to whom, and see their names first. The page stays in your notebook.
share-fold-link = Choose to whom
share-where = To which group?
share-where-what = Nothing is sent yet.

# I'm worried about this.
worried-link = I'm worried about this
worried-title = You are worried about somebody
worried-more = More on what to do
worried-say = What you can say
worried-write = Write to them alone
worried-write-what = You see their name before it goes.
worried-tell = Tell the facilitator
worried-duty = The facilitator just now:
worried-what = Only they read what you write here, and that it comes from you. They may not look before tomorrow. If it can't wait, call a number above.
worried-words = What worries you
worried-words-hint = You can leave this empty. They are told which words you mean.
worried-words-closed = The words you mean are not open to them, and stay so. Say here what they should know, if you want to.
worried-do = Tell them
worried-nobody = Nobody is named as facilitator just now, or whoever is takes a break. You can write to the person, talk with somebody you trust, or call a number above.
worried-gone = The words were taken back. You can still say that you are worried. If the facilitator wrote them, talk with somebody else in the group whom you trust.
worried-writer = The facilitator just now wrote these words themselves. Talk with somebody else in the group whom you trust, or call a number above. You need not carry it alone.
worried-changed = Somebody else is the facilitator now, or nobody is. Nothing was sent. This is how it is now.
worried-typed = This is what you typed. It was not sent:
worried-you = You are the facilitator just now. Talk with somebody else in the group whom you both trust, or call a number above. You need not carry it alone.

# What I wrote here.
mine-title = What I wrote here
mine-what = All your words in this group, for you alone to find. You can take each of them back.
mine-shares = What I shared
mine-answers = My answers
mine-none = Nothing just now.
mine-damaged = Something you shared can't be read any more. It was damaged where it is kept.
mine-damaged-away = Take it away
mine-kind-heard = You read all of what was said by
mine-kind-thanks = You thanked
mine-kind-words = You answered
mine-kind-offer = You offered something to
mine-kind-said = You said whether it would be welcome, under your own words
mine-look = See it
mine-told = What worried me
mine-told-to = You told
mine-hidden = Hidden from me
mine-hidden-what = Others see these as before, and nobody knows that you don't.
mine-show = Show it to me again
mine-nameless = “Me too” and what you have in common bear no name, so they are not listed here. You find and take them back where you said them.

# On Today.
today-talk = New in Talk
today-to-me = For you alone
today-to-me-what = Shared with you on { $day } by
today-offers = You are asked
today-worry = Somebody is worried, and tells you as the facilitator:
today-worry-share = See the words they mean
today-worry-gone = The words they mean were taken back.
today-worry-closed = They mean words that are not open to you. Ask whoever told you.
today-worry-card = What to say and do
today-worry-damaged = A worry that you told, or were told as the facilitator, can't be read any more. It was damaged where it is kept. Ask one another.
today-worry-seen = I have seen to it
tab-talk = Talk

done-shared = It is shared.
done-me-too = “Me too” is counted, without your name.
done-not-me-too = Your “me too” is taken back.
done-share-heard = They will see that you have read it all.
done-share-thanked = They will see your thanks.
done-share-answered = Your answer stands here.
done-answer-taken-back = That is taken back.
done-share-mended = The new words stand here now.
done-share-taken-back = It is taken back, with all answers to it.
done-share-hidden = You won't see it any more. Nobody else is told.
done-share-shown = You can see it again.
done-worried = The facilitator will find it on Today.
done-worry-gone = That is done, and no longer kept.
