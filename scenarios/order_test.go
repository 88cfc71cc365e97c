package scenarios_test

import (
	"cmp"
	"reflect"
	"slices"

	"ftpdiag/probe"
)

// inOneOrder sorts and numbers anew what happened at the same moment. Under a
// fake clock much does, and the scheduler picks which of two goroutines is the
// first to write it down. One connection's events keep their order.
func inOneOrder(e *probe.Examination) {
	slices.SortStableFunc(e.Events, func(a, b probe.Event) int {
		by := cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Session, b.Session), cmp.Compare(a.Channel, b.Channel))
		if by == 0 && a.Session == 0 { // connections that have no number yet
			by = cmp.Compare(a.Text, b.Text)
		}
		return by
	})
	slices.SortStableFunc(e.Connects, func(a, b probe.Connect) int {
		return cmp.Or(cmp.Compare(a.Began, b.Began), a.Remote.Compare(b.Remote))
	})
	renumbered := map[int]int{}
	for i := range e.Events {
		renumbered[e.Events[i].N] = i + 1
		e.Events[i].N = i + 1
	}
	renumber(reflect.ValueOf(e).Elem(), renumbered)
}

// renumber follows the numbers of events to wherever facts point at them.
func renumber(v reflect.Value, numbers map[int]int) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			renumber(v.Elem(), numbers)
		}
	case reflect.Slice:
		for i := range v.Len() {
			renumber(v.Index(i), numbers)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch kind := v.Type().Field(i); {
			case !kind.IsExported(): // of an address or a time
			case kind.Name == "Events" && kind.Type == reflect.TypeFor[[]int]():
				events, _ := reflect.TypeAssert[[]int](v.Field(i))
				anew := make([]int, 0, len(events)) // lists may share their memory
				for _, n := range events {
					anew = append(anew, numbers[n])
				}
				slices.Sort(anew)
				v.Field(i).Set(reflect.ValueOf(anew))
			default:
				renumber(v.Field(i), numbers)
			}
		}
	}
}
