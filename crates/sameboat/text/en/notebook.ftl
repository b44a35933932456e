# My notebook. The tab says nothing about what is in it.
notebook-tab = Notebook
notebook-title = My notebook
notebook-mine = Only you can open these pages.
notebook-back = My notebook
notebook-new-page = Write a page
notebook-new-trouble = Write down a trouble
notebook-new-goal = Write down my main goal
notebook-empty-title = Paper, and nobody looking
notebook-empty = Write what you like, as you would on paper. It stays here. Nothing goes to anybody unless you later choose to share it, one thing at a time.
notebook-honest = Your passphrase is the key. If you lose both the passphrase and your recovery sheet, nobody can open these pages again: not us, not whoever runs this. A group with others in it can let you back in, but cannot open these pages.
notebook-troubles = My troubles
notebook-pages = My pages
notebook-earlier-troubles = Earlier troubles
notebook-earlier-pages = Earlier pages
notebook-newest = Back to the newest pages
notebook-closed = This page does not open. It was changed, and not by you. Tell whoever runs this.
notebook-begun = On { $day } you typed something that is not kept as a page yet.
notebook-draft-on = Go on with it

# The headings of the three kinds.
notebook-page = A page for myself
notebook-trouble = A trouble of mine
notebook-goal = My main goal
notebook-goal-earlier = An earlier goal

# Reading a page.
notebook-written = Written on { $when }.
notebook-changed = Changed on { $when }.
notebook-write-on = Write on
notebook-remove = Delete this page
notebook-goal-another = Write down a new main goal

# Writing.
notebook-words = Your words
notebook-keep = Keep it
notebook-draft = This is what you had typed on { $day }. It is not kept as a page yet.
notebook-draft-away = Throw this draft away
notebook-now-kept = What the page says now
notebook-no-script = Nothing is saved by itself here. What you type is kept when you press “Keep it”, not before.
notebook-said-writing = Writing …
notebook-said-kept = Saved as a draft, for you alone.
notebook-said-unsent = Not saved yet. Leave this page open.
notebook-said-elsewhere = You are writing something else in another window, and that draft is saved. Press “Keep it” here before you close this page.
draft-full = Not kept, because there is no room for more drafts. Leave this page open, and press the button to send it.
draft-elsewhere = You are writing something else in another window. Press “Keep it” there or here.
notebook-words-empty = Write something first, even one word.
notebook-words-long = This is longer than 20,000 characters. Nothing is lost: take some away, or move a part of it to another page.
notebook-small = Your notebook is full until you are in a group with somebody else. Your words are still here. Make room by deleting a page you no longer need, in another window, then press “Keep it” again.
notebook-no-room = There is little room left on this machine, so pages of more than 2,000 characters can't be kept just now. Your words are still here. Keep a shorter part of them, or copy them, and please tell whoever runs this.
notebook-full = Your notebook is full. Your words are still here. Make room by deleting a page you no longer need, in another window, then press “Keep it” again.
notebook-twice = This form was kept once already. These words are different. If you want them too, press “Keep it” again.
notebook-changed-elsewhere = This page was changed on another device since you opened it here. Below you see both. “Keep it” keeps what stands in this field.
notebook-trouble-sides = Three sides to look at it from, if that helps
notebook-trouble-in-me = In me
notebook-trouble-in-me-what = What I feel, think or need.
notebook-trouble-in-world = In my world
notebook-trouble-in-world-what = What others do, what is missing, what is not fair.
notebook-trouble-between = Between the two
notebook-trouble-between-what = What happens when they meet.
notebook-goal-size = If it helps: what would be better, and by when? Is it small enough that it could really happen? What is a first step?

# Deleting.
notebook-remove-title = Delete this page?
notebook-remove-what = It is the page of { $day }. It can't be brought back.
notebook-remove-do = Delete it
notebook-remove-not = Leave it where it is

done-notebook-kept = Kept, for you alone.
done-notebook-removed = That page is deleted.
done-notebook-draft-gone = The draft is thrown away. Your kept pages are as they were.
