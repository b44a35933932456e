# Starting a group.
start-tab = Start
start-what = { $count } short questions, one at a time. It takes half an hour to an hour. You can go back, change anything, stop, and go on another day.
start-what-kept = What you answer is kept at once, locked, for you alone, until the group begins.
start-what-few = Two or three people are enough to begin. Five to ten is a good size.
start-what-powers = Whoever begins a group can do a little more than others at first. That ends when three of you have agreed how to be together.
start-no-leave = Whoever runs this gives out links for starting groups. Ask them for one and open it, then come back here. Your answers are kept meanwhile.
start-first = To the first question
start-go-on = Go on where I was
start-from-first = From the first question
start-step = Question { $here } of { $count }
start-on = Go on
start-back = Back
start-do = Begin this group
start-open = An answer is missing or needs a change. Go through the questions once more.
start-examples = For example
start-pick = Choose one.
start-long = This is longer than we can keep. Make it shorter.
done-begun = Your group has begun. So far only you are in it. What comes next stands below.

start-purpose-title = What are you here for?
start-purpose-what = One sentence in two halves: who you are, and what you meet for. Wide enough for everybody's own wishes, narrow enough that people know whether it is for them.
start-who-issue = Say in a few words who you are.
start-what-issue = Say in a few words what you meet for.
start-purpose-1 = We are people who look after somebody at home, meeting to rest, to be heard and to swap what works.
start-purpose-2 = We are people who lost somebody, meeting to remember and to find our feet.
start-purpose-3 = We are people who drink no more, one day at a time, meeting to stay that way.
start-purpose-4 = We are people who look for work, meeting to practise and to keep each other going.
start-purpose-5 = We are tenants with damp flats, meeting to get them put right.

start-not-for-title = Who is it not for?
start-not-for-what = A kind word now spares somebody a wrong evening later.
start-not-for-issue = Name at least one sort of people or wish that this group can't serve.
start-not-for-1 = People who are paid to look after somebody. There is a union group on Thursdays.
start-not-for-2 = People in danger right now. They need more than we can give; see “I need help now”.

start-aim-title = What is it mainly for?
start-aim-what = Groups like this do three things. Most do a little of each. Which comes first for you?
start-aim-choose = Mainly
start-aim-solve = Solving the trouble we share
start-aim-solve-hint = We put our heads together until it is gone or smaller.
start-aim-act = Changing something together, out there
start-aim-act-hint = The trouble has causes outside us, and we want to move them.
start-aim-live = Finding a way to live with it
start-aim-live-hint = It will not go away, and we do not want to carry it alone.

start-names-title = Two names
start-names-what = One for inside, one for outside.
start-inside = The name inside
start-inside-hint = What you call yourselves. Only members see it.
start-inside-issue = Give your group a name.
start-outside = The name outside
start-outside-hint = It stands in the browser's tab, in calendars and notices. Choose one that gives nothing away, like “Tuesday class” or “Book club”.
start-outside-issue = Give it a plain name for outside.
start-outside-same = The outside name should differ from the inside one, so that it gives nothing away.

start-rhythm-title = When do you meet?
start-rhythm-what = You can change all of this later, together.
start-rhythm-choose = How often
start-rhythm-weekly = Every week
start-rhythm-fortnightly = Every second week
start-rhythm-monthly = Every month
start-rhythm-by-agreement = We agree each time
start-weekday = On which day
start-no-day = Not always the same
start-time = At what time
start-time-hint = Like 18:00. Leave it empty if it is not always the same.
start-time-issue = Write the time like 18:00.
start-zone = Whose clock
start-zone-hint = Choose the large town nearest to you.
start-zone-issue = Choose a town from the list, so that times are right for everybody.
start-minutes = How many minutes
start-minutes-hint = The first meeting is laid out for 75.
start-minutes-issue = Give a number between 15 and 480.

start-place-title = How and where?
start-place-what = In a room, people see each other. By phone, nobody has to travel. In writing, people have time to think.
start-place-choose = How you meet
start-way-room = In a room
start-way-phone = By phone
start-way-online = On the internet, by voice or picture
start-way-text = In writing, over some days
start-place = Where, or how to get in
start-place-hint = Only members read this. Say how to get there, which door, whether there are stairs.

start-size-title = How many people?
start-size-what = Five to ten is a good size for hearing everybody. You can begin with three.
start-most = At most
start-most-hint = A number between 3 and 30.
start-most-issue = Give a number between 3 and 30.
start-size-choose = Who may come in
start-newcomers-open = Newcomers may come at any time
start-newcomers-closed = Nobody new after the start

start-ending-title = Until when?
start-ending-what = An end that everybody knows helps people to begin. If you do not want one, set a day to look at it again.
start-ending-choose = What happens on that day
start-end-review = We look at whether and how to go on
start-end-ends = The group ends
start-date = On which day
start-date-hint = Three months is a good first stretch.
start-date-issue = Choose a day that has not come yet.
start-adults = This group is for adults
start-adults-hint = Groups for children need other rules than this program has.
start-adults-issue = Tick this. Groups for children need rules and people that this program does not have.

start-agreement-title = How will you be with each other?
start-agreement-what = This is a draft for the first meeting to change. Three rules always stay. The others are suggestions: switch off what does not suit you.
start-earlier = What newcomers may read
start-earlier-never = Only what is written after they came
start-earlier-at-once = Everything, at once
start-earlier-after-72-hours = Earlier words after 72 hours, if nobody objects in private
start-own = Lines of your own
start-own-hint = One a line. They are numbered from here on.

start-safety-title = Whom to call
start-safety-what = If somebody is in danger, these numbers stand on the group's pages. Choose your country, then check each number yourself before it is shown.
start-country = Country
start-country-issue = Choose the country you live in.
start-look = Show the numbers we hold
start-lines = Services and numbers
start-lines-hint = One a line: the name, a colon, the number. Take out what does not fit, add people you trust. If we hold no numbers for your country, add those you trust.
start-confirmed = I have checked these numbers
start-confirmed-hint = By calling, or on the service's own page. A wrong number on a bad night does harm.
start-confirmed-issue = Check the numbers, then tick this. If there are none, tick it to say so.

start-you-title = Your name in this group
start-you-what = In each group you choose the name that others see. It need not be your real one, and it is not your sign-in name.
start-name = The group may call me
start-name-hint = Letters of any script, at most 40.
start-you-choose = I am here as
start-role-member = A member
start-role-member-hint = In the same boat as the others.
start-role-worker = A worker
start-role-worker-hint = I work with groups. Everybody sees this mark beside my name.

start-card-title = Read it as somebody would who comes
start-card-what = Everybody who is invited reads this card before they say a word about themselves. Go back if something is not clear.
