package probe_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"ftpdiag/probe"
)

// mutilated is an examination of which something is missing.
type mutilated struct {
	what string // is missing
	e    *probe.Examination
}

// withoutOne are the examinations that lack one fact of a whole one: an attempt, a
// session, an experiment, a connect, what this computer says about itself, or all of
// a kind. What remains is true; there is only less of it.
func withoutOne(whole *probe.Examination) []mutilated {
	var list []mutilated
	add := func(what string, change func(*probe.Examination)) {
		less := copied(whole)
		change(less)
		list = append(list, mutilated{what, less})
	}
	for i := range whole.Sessions {
		id := whole.Sessions[i].ID
		add(fmt.Sprintf("session %d", id), func(e *probe.Examination) {
			e.Sessions = slices.Delete(e.Sessions, i, i+1)
			e.Experiments = slices.DeleteFunc(e.Experiments, func(x probe.Experiment) bool { return x.Session == id })
		})
		for j, a := range whole.Sessions[i].Attempts {
			add(fmt.Sprintf("%v (%v) of session %d", a.Method, a.Variant, id), func(e *probe.Examination) {
				e.Sessions[i].Attempts = slices.Delete(e.Sessions[i].Attempts, j, j+1)
			})
		}
	}
	for i, x := range whole.Experiments {
		add("the answer to "+x.Name, func(e *probe.Examination) { e.Experiments = slices.Delete(e.Experiments, i, i+1) })
	}
	for i, c := range whole.Connects {
		add("the connect to "+c.Remote.String(), func(e *probe.Examination) { e.Connects = slices.Delete(e.Connects, i, i+1) })
	}
	add("what this computer says", func(e *probe.Examination) {
		e.Here = nil
		for i := range e.Sessions {
			for j := range e.Sessions[i].Attempts {
				e.Sessions[i].Attempts[j].Discarded = 0
			}
		}
	})
	add("every session", func(e *probe.Examination) { e.Sessions, e.Experiments = nil, nil })
	add("every experiment", func(e *probe.Examination) { e.Experiments = nil })
	add("every connect", func(e *probe.Examination) { e.Connects = nil })
	add("every attempt", func(e *probe.Examination) {
		for i := range e.Sessions {
			e.Sessions[i].Attempts = nil
		}
	})
	return list
}

// zeroed are n examinations of which some facts, chosen by chance, are not known: their
// fields are zero. A zero may contradict what stands beside it, as in a file that
// somebody has edited.
func zeroed(whole *probe.Examination, chance *rand.Rand, n int) []mutilated {
	var list []mutilated
	for range n {
		less := copied(whole)
		var fields []reflect.Value
		var names []string
		collect(reflect.ValueOf(less).Elem(), "", func(name string, v reflect.Value) {
			if !v.IsZero() {
				fields, names = append(fields, v), append(names, name)
			}
		})
		what := ""
		for range 1 + chance.IntN(3) {
			i := chance.IntN(len(fields))
			fields[i].SetZero()
			what += " " + names[i]
		}
		list = append(list, mutilated{"zero:" + what, less})
	}
	return list
}

// collect visits the facts in a struct and in those that it holds. Lists of event
// numbers are left out: they are how a finding proves itself, and no fact.
func collect(v reflect.Value, name string, visit func(string, reflect.Value)) {
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		for i := range v.Len() {
			collect(v.Index(i), fmt.Sprintf("%s[%d]", name, i), visit)
		}
	case v.Kind() == reflect.Pointer && !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct:
		collect(v.Elem(), name, visit)
	case v.Kind() != reflect.Struct || opaque(v.Type()):
		return
	default:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Name == "Events" || f.Name == "ID" {
				continue
			}
			visit(name+"."+f.Name, v.Field(i))
			collect(v.Field(i), name+"."+f.Name, visit)
		}
	}
}

// opaques remembers what opaque says.
var opaques = map[reflect.Type]bool{}

// opaque tells whether a type's inside is its own business: an address, a time.
func opaque(t reflect.Type) bool {
	hidden, known := opaques[t]
	for i := 0; !known && i < t.NumField(); i++ {
		hidden = hidden || !t.Field(i).IsExported()
	}
	opaques[t] = hidden
	return hidden
}

// copied is an examination that shares nothing with another but its events.
func copied(e *probe.Examination) *probe.Examination {
	shallow := *e
	shallow.Events = nil
	other := deepCopy(reflect.ValueOf(shallow)).Interface().(probe.Examination)
	other.Events = e.Events
	return &other
}

func deepCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		other := reflect.New(v.Type().Elem())
		other.Elem().Set(deepCopy(v.Elem()))
		return other
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		other := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			other.Index(i).Set(deepCopy(v.Index(i)))
		}
		return other
	case reflect.Struct:
		if opaque(v.Type()) {
			return v
		}
		other := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			other.Field(i).Set(deepCopy(v.Field(i)))
		}
		return other
	default:
		return v
	}
}
