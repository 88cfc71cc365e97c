package report

import (
	"net/netip"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

type wireResolution struct {
	Addresses  []string     `json:"addresses"`
	Resolver   *string      `json:"resolver"`
	CNAME      []string     `json:"cname"`
	Rcode      *string      `json:"rcode"`
	DurationMS *int64       `json:"duration_ms"`
	Answers    []wireAnswer `json:"answers"`
}

// wireAnswer is what one DNS server said to one question.
type wireAnswer struct {
	Server     string   `json:"server"`
	Protocol   string   `json:"protocol"`
	Name       string   `json:"name"`
	Type       string   `json:"type"`
	Outcome    string   `json:"outcome"`
	Rcode      *string  `json:"rcode"`
	Addresses  []string `json:"addresses"`
	CNAME      []string `json:"cname"`
	Stop       *string  `json:"stop"`
	DurationMS *int64   `json:"duration_ms"`
}

// wireConnect is one connection to the control port.
type wireConnect struct {
	TimeMS    int64   `json:"t_ms"`
	Address   string  `json:"address"`
	Port      *uint16 `json:"port"`
	ConnectMS *int64  `json:"connect_ms"`
	WaitedMS  *int64  `json:"waited_ms"`
	Stop      *string `json:"stop"`
}

func wireResolutionOf(res probe.Resolution) wireResolution {
	w := wireResolution{
		Addresses: addrTexts(res.Addresses), Resolver: text(res.Resolver), CNAME: cleaned(res.CNAME),
		DurationMS: millis(res.Took), Answers: []wireAnswer{},
	}
	for _, s := range res.Servers {
		a := wireAnswer{
			Server: endpointText(s.Server), Protocol: ftp.Clean(s.Proto), Name: ftp.Clean(s.Name), Type: ftp.Clean(s.Question),
			Outcome: s.Outcome.String(), Rcode: text(s.Rcode), Addresses: addrTexts(s.Addrs), CNAME: cleaned(s.CNAME),
			Stop: text(s.Stop.Cause.String()), DurationMS: millis(s.Took),
		}
		if s.Truncated() {
			a.Outcome, a.Rcode = "truncated", nil
		}
		if w.Rcode == nil {
			w.Rcode = a.Rcode
		}
		w.Answers = append(w.Answers, a)
	}
	return w
}

// wireConnects lists the connections in the order begun.
func wireConnects(connects []probe.Connect) []wireConnect {
	list := []wireConnect{}
	for _, c := range connects {
		w := wireConnect{TimeMS: c.Began.Milliseconds(), Address: addrText(c.Remote.Addr()), Stop: text(c.Stop.Cause.String())}
		if n := c.Remote.Port(); n != 0 {
			w.Port = &n
		}
		if c.Stop.Stopped() {
			w.WaitedMS = millis(c.Took)
		} else {
			w.ConnectMS = millis(c.Took)
		}
		list = append(list, w)
	}
	return list
}

// endpointText is address:port; empty for none.
func endpointText(a netip.AddrPort) string {
	if !a.IsValid() {
		return ""
	}
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()).String()
}

func addrTexts(addrs []netip.Addr) []string {
	list := []string{}
	for _, a := range addrs {
		list = append(list, addrText(a))
	}
	return list
}

// cleaned is a list that is never null.
func cleaned(texts []string) []string {
	list := []string{}
	for _, s := range texts {
		list = append(list, ftp.Clean(s))
	}
	return list
}
