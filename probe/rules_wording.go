package probe

import (
	"slices"
	"strings"

	"ftpdiag/probe/ftp"
)

// fewestWords is how many different texts of a program's own show that it is the one
// that answers, and with its texts unchanged: a name alone is soon borrowed.
const fewestWords = 2

// inOtherWords tells whether every one of some commands was refused in words that the
// server's program never uses, and somebody else does, while it answers all else in
// its own. Whoever changed a program's texts, or gave another one its name, would
// have left traces of that; some may have not, so that this is never certain.
func (v *view) inOtherWords(list ...*Attempt) bool {
	for _, a := range list {
		s := v.session(a)
		if s == nil || a.Reached != StageNone || a.Stop.Cause != ByReply || v.refusedUnread(a) ||
			!ftp.OtherWords(v.program(s), a.Setup.Reply) {
			return false
		}
	}
	return len(list) > 0
}

// refusedUnread tells whether a method was refused as well where a device on the way
// hardly reads it: under TLS, or over another control port.
func (v *view) refusedUnread(a *Attempt) bool {
	s := v.session(a)
	return slices.ContainsFunc(v.all, func(b *Attempt) bool {
		on := v.whole.Session(b.Session)
		return on != nil && on.Remote.Addr() == s.Remote.Addr() && (on.Protection.Encrypted() || on.Purpose == ForOtherPort) &&
			b.Method == a.Method && b.Reached == StageNone && b.Setup.Reply.Code.Permanent()
	})
}

// program is what a server says it is on the connections in clear to the address of a
// session, all of them, and shows by its words to be; empty if not. A server that
// refuses in others' words what no device has a reason to answer is none, whatever
// it says.
func (v *view) program(of *Session) string {
	name := ""
	var replies []ftp.Reply
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		if s.Remote != of.Remote || s.Protection != Clear {
			continue
		}
		is := ftp.Software(s.Greeting.Reply, s.Syst.Reply, s.Features, s.Stat.Reply)
		switch {
		case strings.HasPrefix(is, name):
			name = is // for the first time, or with its version
		case !strings.HasPrefix(name, is):
			return "" // several servers behind one address
		}
		replies = append(replies, s.otherReplies()...)
	}
	for _, x := range v.e.Experiments {
		if on := v.e.Session(x.Session); on != nil && on.Remote == of.Remote && len(x.Replies) > 0 {
			replies = append(replies, x.Replies[0].Reply) // to what does not exist
		}
	}
	for _, r := range replies {
		if ftp.OtherWords(name, r) {
			return ""
		}
	}
	if of.Protection != Clear || ftp.OwnWords(name, replies...) < fewestWords {
		return ""
	}
	return name
}

// otherReplies are the replies on a session to all but the refused commands of a mode.
func (s *Session) otherReplies() []ftp.Reply {
	said := slices.Concat(s.Login, []Exchange{s.Feat, s.Syst, s.Stat, s.Folder})
	for _, a := range s.Attempts {
		if a.Setup.Reply.Code.Completion() {
			said = append(said, a.Setup)
		}
		said = append(said, a.Transfer, a.Final)
	}
	var replies []ftp.Reply
	for _, x := range said {
		replies = append(replies, x.Reply)
	}
	return replies
}

// answersPORT: a PORT that nobody can parse was refused in others' words, and a command
// that does not exist was not: somebody on the way answers the one and passes the
// other.
func answersPORT(v *view) []Finding {
	var fs []Finding
	for _, x := range v.e.Experiments {
		s := v.e.Session(x.Session)
		if x.Name == "malformed-port" && s != nil && len(x.Replies) > 1 && ftp.OtherWords(v.program(s), x.Replies[1].Reply) {
			fs = append(fs, Finding{Code: ALGPresent, Session: x.Session, Evidence: last(x.Replies[1].Events), Confidence: ConfidenceLikely})
		}
	}
	return fs
}
