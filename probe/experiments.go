package probe

import (
	"context"
	"slices"
	"strings"
)

// ExperimentInfo describes a follow-up question that an examination may ask.
type ExperimentInfo struct {
	Name     string
	Question string     // what it decides; METHOD stands for the method concerned
	Class    ProofClass // what its answer can carry
	Deep     bool       // asked only in the deep examination, or when named
	Decides  bool       // asked in every examination where its answer decides who has to act
	Gentle   bool       // sends nothing that looks unusual, so the gentle examination asks it too
}

// experimentRow is an experiment with its code. ask looks at the evidence
// first, asks only where that leaves the question open, and returns the
// connection if it is still usable; nil: it is asked where it arises.
type experimentRow struct {
	ExperimentInfo
	ask func(r *route, ctx context.Context, c *control) *control

	always bool // asked even when the time is up: it decides who has to act, and takes little
}

// experimentTable lists the experiments in the order asked: first those that need
// the session as it is, last those that end it. It is filled in init, because
// the code it names looks the names up in it.
var experimentTable []experimentRow

func init() {
	experimentTable = []experimentRow{
		{ExperimentInfo{"control-alive", "does the control connection still answer after METHOD stayed without a reply?", Hint, false, false, true}, nil, false},
		{ExperimentInfo{"simultaneous-open", "does the server call from port 20, and only the way in is blocked?", Proof, false, false, false}, nil, false},
		{ExperimentInfo{"tiny-listing", "does a listing of nothing arrive? (of a name that is not there)", Differential, false, false, true}, (*route).askTinyListing, false},
		{ExperimentInfo{"small-segments", "does the listing arrive when the server may send small segments only?", Proof, false, false, true}, (*route).askSmallSegments, false},
		{ExperimentInfo{"alone", "does METHOD work while no other connection of ours is open?", Differential, false, false, true}, (*route).askAlone, false},
		{ExperimentInfo{"second-port", "does another passive port answer to METHOD?", Differential, false, false, true}, (*route).askSecondPort, false},
		{ExperimentInfo{"hops", "where on the path do connections to a passive port die?", Differential, true, false, false}, (*route).askHops, false},
		{ExperimentInfo{"seen-address", "is METHOD accepted with the address under which the server sees this computer?", Differential, false, false, false}, (*route).askSeenAddress, false},
		{ExperimentInfo{"hidden-command", "does METHOD still work where a device on the way cannot read it?", Proof, false, false, false}, (*route).askHiddenCommand, false},
		{ExperimentInfo{"hidden-reply", "does PASV still work where a device on the way cannot read its reply?", Differential, true, false, false}, (*route).askHiddenReply, false},
		{ExperimentInfo{"fresh-tls", "does the server accept a data connection that does not resume the TLS session?", Differential, false, false, true}, (*route).askFreshTLS, false},
		{ExperimentInfo{"folder-status", "does the server show the folder over the control connection?", Differential, false, false, true}, (*route).askFolderStatus, false},
		{ExperimentInfo{"clear-again", "does METHOD still work in clear after it was blocked under TLS?", Differential, false, false, true}, nil, false},
		{ExperimentInfo{"same-listing", "is the folder listed in clear after TLS as it was before?", Differential, false, false, true}, nil, false},
		{ExperimentInfo{"fresh-session", "is METHOD accepted on a session that has asked for nothing else?", Differential, false, false, true}, (*route).askFreshSession, false},
		{ExperimentInfo{"other-port", "does METHOD work over the other control port of the server?", Differential, false, false, true}, nil, false},
		{ExperimentInfo{"retry", "does METHOD work when it is tried again?", Differential, false, false, true}, (*route).askAgain, true},
		{ExperimentInfo{"own-filter", "are the packets that this computer throws away the server's calls?", Differential, false, false, true}, (*route).askOwnFilter, true},
		{ExperimentInfo{"malformed-port", "does something on the way read PORT? (a malformed one is swallowed then)", Proof, true, true, false}, (*route).askMalformed, false},
		{ExperimentInfo{"parser-hop", "at which hop of the path is PORT read?", Differential, true, false, false}, (*route).askParserHop, false},
	}
}

// Experiments lists the follow-up questions, in the order asked.
func Experiments() []ExperimentInfo {
	var list []ExperimentInfo
	for _, row := range experimentTable {
		list = append(list, row.ExperimentInfo)
	}
	return list
}

// newQuestion begins the record of an experiment.
func newQuestion(name, verb string) Experiment {
	for _, row := range experimentTable {
		if row.Name == name {
			return Experiment{Name: name, Class: row.Class, Question: strings.ReplaceAll(row.Question, "METHOD", verb)}
		}
	}
	return Experiment{Name: name}
}

// allows tells whether the plan lets the experiment be made at all.
func (p Plan) allows(name string) bool {
	if slices.Contains(p.Without, name) {
		return false
	}
	if len(p.Ask) > 0 {
		return slices.Contains(p.Ask, name)
	}
	if !p.Gentle {
		return true
	}
	for _, row := range experimentTable {
		if row.Name == name {
			return row.Gentle
		}
	}
	return false
}

// wants tells whether the person asked for an experiment that is otherwise made
// only where its answer decides.
func (p Plan) wants(name string) bool {
	return p.Deep && p.allows(name) || slices.Contains(p.Ask, name)
}
