package probe

import (
	"net/netip"
	"slices"
)

// Status is what became of a mode or a method. Zero: untested.
type Status uint8

const (
	Untested Status = iota
	Works
	Unreliable // delivered sometimes
	Fails      // every proper try failed
)

var statusNames = enum[Status]{"status", []string{"untested", "works", "unreliable", "fails"}}

func (s Status) String() string                { return statusNames.text(s) }
func (s Status) MarshalText() ([]byte, error)  { return statusNames.marshal(s) }
func (s *Status) UnmarshalText(b []byte) error { return statusNames.unmarshal(s, b) }

// Path is one way to the server that was examined: an address and a
// protection, with the control connections and attempts that belong to it.
type Path struct {
	Address    netip.Addr
	Family     Family
	Protection Protection
	Sessions   []*Session
}

// MethodStatus sums up the attempts with one method over some paths.
type MethodStatus struct {
	Tried, Worked int      // proper tries of the plain method, and how many delivered
	Shown         *Attempt // the attempt that tells most: one that delivered, else the one that got furthest; nil if none
}

// ModeStatus sums up one mode.
type ModeStatus struct {
	Status  Status
	Methods map[Method]MethodStatus
}

// AllAttempts lists every attempt of every session, in the order begun.
// Finding.Attempts are indexes into it.
func (e *Examination) AllAttempts() []*Attempt {
	var all []*Attempt
	for i := range e.Sessions {
		for j := range e.Sessions[i].Attempts {
			all = append(all, &e.Sessions[i].Attempts[j])
		}
	}
	slices.SortStableFunc(all, func(a, b *Attempt) int { return int(a.Began - b.Began) })
	return all
}

// Session finds a control connection by its number; nil if there is none.
func (e *Examination) Session(id int) *Session {
	for i := range e.Sessions {
		if e.Sessions[i].ID == id {
			return &e.Sessions[i]
		}
	}
	return nil
}

// Paths groups the sessions by address and protection, in the order examined. Those
// over another control port are on no path: what happens there is for comparison.
func (e *Examination) Paths() []Path {
	var paths []Path
	for i := range e.Sessions {
		s := &e.Sessions[i]
		if s.Purpose == ForOtherPort {
			continue
		}
		addr := s.Remote.Addr()
		found := false
		for k := range paths {
			if paths[k].Address == addr && paths[k].Protection == s.Protection {
				paths[k].Sessions = append(paths[k].Sessions, s)
				found = true
			}
		}
		if !found {
			paths = append(paths, Path{Address: addr, Family: familyOf(addr), Protection: s.Protection, Sessions: []*Session{s}})
		}
	}
	return paths
}

// Mode sums up one mode over this path.
func (p Path) Mode(m Mode) ModeStatus { return modeStatus(p.Sessions, m) }

// Mode sums up one mode over every path examined: it works if it works on any. TLS
// and clear share the ports of an address: where those of one method gave different
// results under one of them, the other was only luckier.
func (e *Examination) Mode(m Mode) ModeStatus {
	total := ModeStatus{Methods: map[Method]MethodStatus{}}
	paths := e.Paths()
	for _, p := range paths {
		one := p.Mode(m)
		if one.Status == Works && slices.ContainsFunc(paths, func(o Path) bool {
			return o.Address == p.Address && o.Mode(m).Status == Unreliable
		}) {
			one.Status = Unreliable
		}
		switch {
		case one.Status == Works, total.Status == Works:
			total.Status = Works
		case one.Status == Unreliable, total.Status == Unreliable:
			total.Status = Unreliable
		default:
			total.Status = max(total.Status, one.Status)
		}
		for method, ms := range one.Methods {
			sum := total.Methods[method]
			sum.Tried += ms.Tried
			sum.Worked += ms.Worked
			if ms.Shown != nil && tells(ms.Shown, sum.Shown) {
				sum.Shown = ms.Shown
			}
			total.Methods[method] = sum
		}
	}
	return total
}

// modeStatus collapses the attempts of one path to a status.
func modeStatus(sessions []*Session, m Mode) ModeStatus {
	st := ModeStatus{Methods: map[Method]MethodStatus{}}
	tried, worked := false, false
	ports := map[Method][2]int{} // passive ports of the server's own address that answered, and that did not
	for _, s := range sessions {
		for i := range s.Attempts {
			a := &s.Attempts[i]
			if a.Method.Mode() != m {
				continue
			}
			ms := st.Methods[a.Method]
			if a.Proper() {
				ms.Tried++
				tried = true
				if a.Delivered() {
					ms.Worked++
					worked = true
				}
				if a.Dialled.IsValid() && a.Dialled.Addr().Unmap() == s.Remote.Addr().Unmap() {
					n := ports[a.Method]
					if a.Delivered() {
						n[0]++
					} else if a.Reached == StageConnecting && a.Stop.Cause.Unanswered() {
						n[1]++
					}
					ports[a.Method] = n
				}
			}
			if tells(a, ms.Shown) {
				ms.Shown = a
			}
			st.Methods[a.Method] = ms
		}
	}
	switch {
	case worked:
		st.Status = Works
	case tried:
		st.Status = Fails
	}
	for _, n := range ports {
		if n[0] > 0 && n[1] > 0 {
			st.Status = Unreliable // one method, different ports, different results
		}
	}
	return st
}

// Proper tells whether the attempt counts as a try of its mode: it excludes
// what this tool itself caused, and experiments that bend the method.
func (a *Attempt) Proper() bool {
	switch a.Variant {
	case SmallSegments:
		// What fits into one segment in any case is a listing like any other.
		return a.Delivered() && a.Bytes <= oneSegment
	case HiddenCommand, FreshTLS, SeenAddress, HiddenReply, Accompanied, OtherPort, TinyListing:
		return false
	case Plain, ControlAddress, SecondPort, Retry, Alone, FreshSession:
	}
	if a.Delivered() {
		return true
	}
	if a.Crowded {
		return false
	}
	if a.Hurried && a.Stop.Cause == Timeout && a.Method.Mode() == Passive && a.Reached == StageConnecting {
		return false // it had less time than a port needs
	}
	if a.Setup.Stop.Cause == Timeout && a.Method.Mode() == Passive && a.Variant != Plain {
		return false // a repetition for which the server had no port: the first attempt counts
	}
	switch a.Stop.Cause {
	case Limit, Local, Canceled:
		return false
	default:
		return a.Setup.Asked()
	}
}

// tells decides whether a is more worth showing than b.
func tells(a, b *Attempt) bool {
	switch {
	case b == nil:
		return true
	case a.Delivered() != b.Delivered():
		return a.Delivered()
	case a.Variant == Plain && b.Variant != Plain:
		return !b.Delivered()
	default:
		return false
	}
}

func familyOf(a netip.Addr) Family {
	if a.Is4() || a.Is4In6() {
		return IPv4
	}
	return IPv6
}
