package report

import (
	"cmp"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// wireModes is the result per mode; within a path, or collapsed over all.
type wireModes struct {
	Active  wireActive  `json:"active"`
	Passive wirePassive `json:"passive"`
}

type wireActive struct {
	Status  string            `json:"status"`
	Methods wireActiveMethods `json:"methods"`
}

type wireActiveMethods struct {
	PORT wireActiveMethod `json:"port"`
	EPRT wireActiveMethod `json:"eprt"`
}

type wirePassive struct {
	Status  string             `json:"status"`
	Methods wirePassiveMethods `json:"methods"`
}

type wirePassiveMethods struct {
	PASV wirePassiveMethod `json:"pasv"`
	EPSV wirePassiveMethod `json:"epsv"`
}

// wireMethod is what both kinds of methods have. Tried and worked count proper
// tries; the rest is about the one that tells most.
type wireMethod struct {
	Tried     int     `json:"tried"`
	Worked    int     `json:"worked"`
	Reached   string  `json:"reached"`
	Stop      *string `json:"stop"`
	ReplyCode *int    `json:"reply_code"`
	Reply     *string `json:"reply"`
	Port      *uint16 `json:"port"`
	ConnectMS *int64  `json:"connect_ms"`
	Bytes     *int64  `json:"bytes"`
	Entries   *int    `json:"entries"`
	WaitedMS  *int64  `json:"waited_ms"`
}

type wireActiveMethod struct {
	wireMethod
	Announced *string    `json:"announced"`
	Caller    *string    `json:"caller"`    // who connected to our port
	Called    *string    `json:"called"`    // when, by the server's replies
	CallTMS   *int64     `json:"call_t_ms"` // when, since the start
	Strangers []wireCall `json:"strangers"` // who else connected
}

// wireCall is a connection to our port from another address than the server's.
type wireCall struct {
	TimeMS  *int64  `json:"t_ms"`
	Address string  `json:"address"`
	Port    uint16  `json:"port"`
	Called  *string `json:"called"`
}

type wirePassiveMethod struct {
	wireMethod
	Address *string `json:"address"`
}

func wireModesOf(active, passive probe.ModeStatus) wireModes {
	return wireModes{
		Active: wireActive{active.Status.String(), wireActiveMethods{
			PORT: activeMethod(active.Methods[probe.PORT]),
			EPRT: activeMethod(active.Methods[probe.EPRT]),
		}},
		Passive: wirePassive{passive.Status.String(), wirePassiveMethods{
			PASV: passiveMethod(passive.Methods[probe.PASV]),
			EPSV: passiveMethod(passive.Methods[probe.EPSV]),
		}},
	}
}

func activeMethod(m probe.MethodStatus) wireActiveMethod {
	w := wireActiveMethod{wireMethod: method(m), Strangers: []wireCall{}}
	a := m.Shown
	if a == nil {
		return w
	}
	w.Announced, w.Caller = text(addrText(a.Announced.Addr())), text(endpointText(a.Caller))
	if call, known := a.Call(); known {
		w.Called, w.CallTMS = text(call.Called.String()), millis(call.At)
		if a.Reached >= probe.StageConnected && w.ConnectMS == nil {
			w.ConnectMS = new(int64) // it was there before LIST
		}
	}
	for _, call := range a.StrangerCalls() {
		if call.From.IsValid() {
			w.Strangers = append(w.Strangers, wireCall{
				TimeMS: millis(call.At), Address: addrText(call.From.Addr()), Port: call.From.Port(), Called: text(call.Called.String())})
		}
	}
	return w
}

// passiveMethod gives the address that the server announced; for EPSV, which
// announces none, the one that was dialled.
func passiveMethod(m probe.MethodStatus) wirePassiveMethod {
	w := wirePassiveMethod{wireMethod: method(m)}
	if m.Shown != nil {
		w.Address = text(cmp.Or(addrText(m.Shown.Offer.Addr), addrText(m.Shown.Dialled.Addr())))
	}
	return w
}

func method(m probe.MethodStatus) wireMethod {
	w := wireMethod{Tried: m.Tried, Worked: m.Worked, Reached: probe.StageNone.String()}
	a := m.Shown
	if a == nil {
		return w
	}
	w.Reached, w.Stop = a.Reached.String(), text(a.Stop.Cause.String())
	if reply := lastReply(a); !reply.Empty() {
		w.Reply = text(reply.String())
		if reply.Code > 0 {
			code := int(reply.Code)
			w.ReplyCode = &code
		}
	}
	if n := dataPort(a); n != 0 {
		w.Port = &n
	}
	if a.Reached >= probe.StageConnected {
		w.ConnectMS, w.Bytes, w.Entries = millis(a.Opened), &a.Bytes, &a.Entries
	}
	w.WaitedMS = millis(a.Waited)
	return w
}

// lastReply is the reply that says how an attempt ended: the first refusal,
// else the last one that came.
func lastReply(a *probe.Attempt) ftp.Reply {
	last := ftp.Reply{}
	for _, x := range []probe.Exchange{a.Setup, a.Transfer, a.Final} {
		if x.Reply.Code.Negative() {
			return x.Reply
		}
		if !x.Reply.Empty() {
			last = x.Reply
		}
	}
	return last
}

// wirePath is one address and protection examined.
type wirePath struct {
	Address    string      `json:"address"`
	Family     string      `json:"family"`
	Protection string      `json:"protection"`
	Control    wireControl `json:"control"`
	TLS        *wireTLS    `json:"tls"`
	Modes      wireModes   `json:"modes"`
}

type wireControl struct {
	ConnectMS  *int64   `json:"connect_ms"`
	GreetingMS *int64   `json:"greeting_ms"`
	Greeting   *string  `json:"greeting"`
	Software   *string  `json:"software"`
	Features   []string `json:"features"`
}

// wirePaths lists the paths; the control connection is told from the session
// that got furthest, the first at equal length.
func wirePaths(e *probe.Examination) []wirePath {
	list := []wirePath{}
	for _, p := range e.Paths() {
		w := wirePath{
			Address: addrText(p.Address), Family: p.Family.String(), Protection: p.Protection.String(),
			Control: wireControl{Features: []string{}},
			Modes:   wireModesOf(p.Mode(probe.Active), p.Mode(probe.Passive)),
		}
		var best *probe.Session
		for _, s := range p.Sessions {
			if best == nil || s.LoggedIn && !best.LoggedIn {
				best = s
			}
		}
		w.TLS = wireTLSOf(best, p.Sessions)
		if best != nil {
			w.Control.ConnectMS, w.Control.GreetingMS = millis(best.Connect.Took), millis(best.Greeting.Took)
			w.Control.Greeting, w.Control.Software = text(best.Greeting.Reply.String()), text(softwareOf(best))
			for _, feature := range best.Features {
				w.Control.Features = append(w.Control.Features, ftp.Clean(feature))
			}
		}
		list = append(list, w)
	}
	return list
}
