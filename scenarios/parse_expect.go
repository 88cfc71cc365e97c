package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
)

// scenarioFields are the keys of the section "scenario".
func (s *Scenario) scenarioFields() fields {
	return fields{
		"summary":  text(&s.Summary),
		"priority": oneOf(&s.Priority, "P0", "P1", "P2"),
		"loopback": yesNo(&s.loopback),
		"traps":    func(_, v string) error { s.Traps = append(s.Traps, list(v)...); return nil },
	}
}

// expectFields are the keys of the section "expect".
func (s *Scenario) expectFields() fields {
	return fields{
		"verdict": oneOf(&s.Verdict,
			"either", "passive-required", "active-required", "neither", "unreliable", "undetermined"),
		"primary":    func(_, v string) error { return s.Primary.UnmarshalText([]byte(v)) },
		"confidence": func(_, v string) error { return s.Confidence.UnmarshalText([]byte(v)) },
		"recommend":  func(_, v string) error { return s.Recommend.UnmarshalText([]byte(v)) },
		"findings":   codes(&s.Findings),
		"forbidden":  codes(&s.Forbidden),
		"party":      parties(&s.Party),
		"innocent":   parties(&s.Innocent),
		"active":     func(_, v string) error { return s.Active.UnmarshalText([]byte(v)) },
		"passive":    func(_, v string) error { return s.Passive.UnmarshalText([]byte(v)) },
		"method":     s.method,
		"within":     duration(&s.Within),
	}
}

// method takes "method epsv: works".
func (s *Scenario) method(arg, value string) error {
	var m probe.Method
	if err := m.UnmarshalText([]byte(arg)); err != nil {
		return err
	}
	var st probe.Status
	if err := st.UnmarshalText([]byte(value)); err != nil {
		return err
	}
	if s.Methods == nil {
		s.Methods = map[probe.Method]probe.Status{}
	}
	s.Methods[m] = st
	return nil
}

// targetFields are the keys of the section "target": what the person asks for.
func (s *Scenario) targetFields() fields {
	return fields{
		"user":         text(&s.target.User),
		"password":     func(_, v string) error { s.target.Password = probe.Secret(v); return nil },
		"path":         text(&s.target.Path),
		"port":         number(&s.target.Port),
		"other-port":   number(&s.other),
		"tls":          func(_, v string) error { return s.target.TLS.UnmarshalText([]byte(v)) },
		"deep":         yesNo(&s.deep),
		"resolver":     yesNo(&s.resolver),
		"samples":      count(&s.samples),
		"active-ports": func(_, v string) (err error) { s.activePorts, err = portRange(v); return err },
		"stop":         duration(&s.stop),
	}
}

// The setters below serve the keys of every section.

func text(into *string) field {
	return func(_, v string) error { *into = v; return nil }
}

func oneOf(into *string, allowed ...string) field {
	return func(_, v string) error {
		if !slices.Contains(allowed, v) {
			return fmt.Errorf("%q is none of %s", v, strings.Join(allowed, ", "))
		}
		*into = v
		return nil
	}
}

func yesNo(into *bool) field {
	return func(_, v string) error {
		if v != "yes" && v != "no" {
			return fmt.Errorf("%q is neither yes nor no", v)
		}
		*into = v == "yes"
		return nil
	}
}

func duration(into *time.Duration) field {
	return func(_, v string) (err error) { *into, err = time.ParseDuration(v); return err }
}

func number(into *uint16) field {
	return func(_, v string) (err error) { *into, err = parsePort(v); return err }
}

func count(into *int) field {
	return func(_, v string) (err error) { *into, err = strconv.Atoi(v); return err }
}

func codes(into *[]probe.Code) field {
	return func(_, v string) error {
		for _, id := range list(v) {
			var c probe.Code
			if err := c.UnmarshalText([]byte(id)); err != nil {
				return err
			}
			*into = append(*into, c)
		}
		return nil
	}
}

func parties(into *[]probe.Party) field {
	return func(_, v string) error {
		for _, name := range list(v) {
			var p probe.Party
			if err := p.UnmarshalText([]byte(name)); err != nil {
				return err
			}
			*into = append(*into, p)
		}
		return nil
	}
}

// list divides a value at its commas.
func list(v string) []string {
	var all []string
	for _, p := range strings.Split(v, ",") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}
