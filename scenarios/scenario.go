package scenarios

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"ftpdiag/probe"
)

// Scenario is one known situation: a network, a server on it, and what an
// examination must find out about them.
type Scenario struct {
	// Name identifies it, in kebab case: the file's name without the number
	// in front and without the suffix.
	Name string

	// Summary says in one sentence what is wrong, if anything.
	Summary string

	// Priority is P0 for the situations that must never be misjudged, P1 for
	// those that should not be.
	Priority string

	// Traps are the conclusions that suggest themselves here and are wrong, by
	// the names that the tests give them (T5): Forbidden has the findings they
	// would lead to.
	Traps []string

	// Verdict is the id of the verdict it must lead to.
	Verdict string

	// Primary is the finding that must come first; Findings must be there as
	// well, in any order, and Forbidden must not be there: those are the
	// false accusations that somebody would make here.
	Primary             probe.Code
	Findings, Forbidden []probe.Code

	// Confidence is how sure the primary finding must be, and Recommend the mode
	// that must be recommended; zero: any.
	Confidence probe.Confidence
	Recommend  probe.Mode

	// Party are those of whom the primary finding may ask that they act, and
	// Innocent those of whom no finding that stops transfers may. Whoever is
	// blamed goes and looks, so that a wrong name costs as much as a wrong
	// finding.
	Party, Innocent []probe.Party

	// Active and Passive are what must become of the modes. Methods holds
	// the methods whose outcome matters; a missing one may end in any way.
	Active, Passive probe.Status
	Methods         map[probe.Method]probe.Status

	// Within bounds how long the examination may take with the default
	// timeouts. It is fake time in memory and is not checked elsewhere.
	Within time.Duration

	file        string // for messages
	loopback    bool   // real sockets of one computer can show it
	target      probe.Target
	deep        bool
	resolver    bool // the person names the DNS server; the system knows none
	samples     int
	activePorts [2]uint16 // that the person has offered in active mode; zero: any
	other       uint16    // the control port that the person has compared
	stop        time.Duration
	network     networkSpec
	server      serverSpec
}

// defaultWithin is the promise for verdicts about dropped data connections, in
// the worst case of both modes: one data timeout of eight seconds, the waits
// before it, and the follow-up questions.
const defaultWithin = 12500 * time.Millisecond

//go:embed catalogue/*.txtar
var catalogue embed.FS

// All lists every scenario in the order of the catalogue. The slice is the
// caller's, the scenarios are shared and must not be changed.
func All() []*Scenario { return slices.Clone(load()) }

// Find finds a scenario by its name.
func Find(name string) (*Scenario, bool) {
	for _, s := range load() {
		if s.Name == name {
			return s, true
		}
	}
	return nil, false
}

// load reads the catalogue once. A file with a mistake in it was never tested,
// so that this is a panic: TestCatalogue reports it with file and line.
var load = sync.OnceValue(func() []*Scenario {
	files, err := catalogue.ReadDir("catalogue")
	if err != nil {
		panic(err)
	}
	var all []*Scenario
	for _, f := range files { // sorted by name, and the names begin with numbers
		data, err := catalogue.ReadFile(path.Join("catalogue", f.Name()))
		if err != nil {
			panic(err)
		}
		s, err := parse(f.Name(), data)
		if err != nil {
			panic(err)
		}
		all = append(all, s)
	}
	return all
})

// nameOf takes the scenario's name out of the file's: 001-all-good.txtar.
func nameOf(file string) (string, error) {
	base := strings.TrimSuffix(file, ".txtar")
	number, name, found := strings.Cut(base, "-")
	if !found || name == "" || strings.Trim(number, "0123456789") != "" {
		return "", fmt.Errorf("%s: a scenario's file is called NUMBER-NAME.txtar", file)
	}
	return name, nil
}

// GreetedLate is the same scenario with a server that takes its time before every
// greeting, as on a slow or busy computer. ok is false where the scenario says
// itself how the server greets.
func (s *Scenario) GreetedLate(by time.Duration) (late *Scenario, ok bool) {
	if s.server.greeting != nil {
		return nil, false
	}
	other := *s
	other.server.greeting = script{{do: doWait, wait: by}, {do: doNormal}}
	return &other, true
}

// plan is how the scenario is to be examined.
func (s *Scenario) plan() probe.Plan {
	p := probe.Plan{Deep: s.deep, Samples: s.samples, OtherPort: s.other, ActivePorts: s.activePorts}
	if s.resolver {
		p.Resolver = resolver
	}
	return p
}
