# The front page. front-what has at most 60 words.
front-tab = Welcome
front-title = You are not the only one
front-what = Sameboat is a quiet place for people with one trouble in common. Start a small group or join one. Agree how to be together. Meet in a round where everyone is heard, each in turn. Write for yourself first, and share only what you choose. You give help as well as get it. No e-mail address is needed.
front-begin = Begin
front-with-link = You need a link to come in here for the first time: from a member of a group, or from whoever runs this.
front-members-title = If somebody invited you
front-members = Open the link or the paper strip they gave you. You read what the group is for and what it has agreed before you say a word about yourself. You can look, write in your own notebook, and leave at any time.
front-founders-title = If you want to start a group
front-founders = Two or three people are enough. One evening of simple questions takes you from an idea to a first meeting: purpose, times, a first agreement, and links to invite people. At first you can do a little more than the others. That ends when three of you have said yes to every line of the draft or stood aside, and after 28 days at the latest.
front-founders-link = Here only those can start a group who have a link for it. Ask whoever runs this for one before you make a sign-in.
front-workers-title = If you work with groups
front-workers = Start a group like anyone else. Everybody sees that you are a worker. The group's words belong to its members: they do not go to your agency, and no report reads them.
front-words-title = What happens to your words
front-words = Words are locked on this machine. A copy of the database or a backup shows nothing that people wrote. Your notebook opens only for you, and a group's words only for its members.

host-who = Who runs this
host-reach = How to reach them
host-country = The country whose law holds here
host-joining = Who can join
host-joining-anyone = Anybody can make a sign-in. Into a group you come with a link from a member.
host-joining-with-link = Only people with a link can make a sign-in: a link from a member of a group, or one for starting a group from whoever runs this.
host-backups = How long backups live
host-backup-days = { $days ->
    [0] No backups are kept.
    [one] One day. What you delete is gone from them after that.
   *[other] { $days } days. What you delete is gone from them after that.
 }
host-complain = Where to complain about them
host-empty = Whoever runs this has not said yet who they are. Until they do, nobody can join here.
host-read-title = What they can read, and what they can't
host-read = A copy of the database, or of a backup, shows no word that people wrote. It does show that there are sign-ins, and on which day each thing was kept.
host-not = While the program runs, whoever controls the machine could change the program and read what is opened meanwhile. If you don't trust who runs this, don't write here what could harm you.
host-gone-title = If they disappear
host-gone = Then these pages are gone, and what was written with them, unless somebody else holds a backup and its keys. Ask them who does. Copy what you want to keep, print the agreement, and agree on paper how to find one another.
