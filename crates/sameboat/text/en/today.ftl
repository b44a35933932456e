# My groups.
groups-tab = Groups
groups-none = You are in no group.
groups-outside = You see the outside names here. What a group is about stands only inside.
groups-invited = If somebody invited you, open the link or the paper strip they gave you.
start-title = Start a group

# Today. The two halves of the purpose are put into one sentence.
today-who = We are people who
today-for = {", "}meeting to
today-bridge-title = You came when we had already begun
today-bridge = Nobody expects you to catch up. You can listen as long as you like, and pass in every round.
today-bridge-agreement = Read what we promised one another. You can still object to a line.
today-bridge-ground = See what the others know from their own lives, and add what you know.
today-bridge-earlier = Earlier words open to you as far as our agreement says.
today-bridge-never = What was said and written before you came stays with those who were here. From now on you read what we keep.
today-bridge-stage = See where the group says that it is, and what usually happens then.
today-bridge-ask = In a meeting you can ask: “What should I know?”
today-first-title = Before the first meeting
today-first = A group can begin with three people.
today-first-read = Read the card as somebody would who doesn't know you yet.
today-first-agree = Look through the draft of what you agree on.
today-first-invite = Invite the others. Each gets a link of their own.
today-first-meet = Choose a day for the first meeting, and who does what.
today-first-write = Write for yourself what you would like from this group.
today-founder = You began this group. Until three of you have said yes to every line of the draft or stood aside, and for 28 days at most, you can change names, times, safety card and draft alone, and ask somebody to leave alone. Everybody sees it each time.
today-when = When we meet
today-promised = What we promised

# Us.
us-title = Us
us-people = Who is here
us-me = (you)
us-me-what = Your name here, a break, and how to leave.
us-break = on a break
us-lost = A name here was damaged and can't be read any more. Its owner can write it again, under “Me here”.
us-papers = What we agreed on
us-powers = Who may do what
us-powers-founder = Everybody here may do the same. Whoever began the group can also change names, times, safety card and the draft alone, and ask somebody to leave alone. That ends when three of you have said yes to every line of the draft or stood aside, whoever objects, and after 28 days at the latest.
us-powers-draft = Everybody here may do the same. Whoever began the group has left. So each of you can change names, times, safety card and the draft at once, until three of you have said yes to every line of it or stood aside, and for 28 days at most.
us-powers-all = Everybody here may do the same. A change to names, times, safety card or agreement needs everybody's word.
mark-worker = worker

# What is new.
news-title = What is new
news-draft = The draft waits for your word.
news-proposed = A change was proposed on { $day }. It waits for your word.
news-again = We ask you once more. From { $day } on, the others go on without your word.
news-in-force = We agreed on a change. It counts since { $day }.
news-changed = The draft was changed on { $day } by
news-unanswered = Since you read the card at the door, something was changed. What you accepted then holds for you until you answer.
news-since-you-read = What changed since you read it
newcomer-may = came in, and may read what was written before they came, from { $moment } on.
newcomer-not-yet = came in, and may not read earlier words yet.
newcomer-me = What was written before you came opens to you from { $moment } on, if nobody would rather not yet.
newcomer-me-not-yet = What was written before you came is not open to you yet.
newcomer-private = If you would rather not yet, say so. You give no reason, and nobody sees that it was you.
newcomer-rather-not = I'd rather not yet
newcomer-take-back = I don't mind any more
done-newcomer-said = Kept. Nobody sees what you chose.
news-powers-ended = On { $day } the extra powers of whoever began the group ended, because three of you had said yes to every line or stood aside, or because 28 days had passed. From now on a change needs everybody's word.
news-asking = Somebody is asked to leave:
news-renamed = is now called
groups-went = Somebody in a group wrote to you why you were asked to leave
us-before = Who was here
