package remedies

import (
	"slices"
	"strings"
)

// For lists what can be done about a finding (its id, such as
// passive-port-filtered), in the order of the catalogue: with one component
// (empty: with any), on a platform (zero: on any). Nil means nothing is known.
func For(finding, component string, p Platform) []Entry {
	return entries(func(e Entry) bool {
		return slices.Contains(e.Task.Findings, finding) && (component == "" || e.Component.ID == component) && e.Component.On(p)
	})
}

// ForTopic lists how each client does what a topic is about: passive or active.
func ForTopic(topic, component string) []Entry {
	return entries(func(e Entry) bool {
		return topic != "" && e.Task.Topic == topic && (component == "" || e.Component.ID == component)
	})
}

func entries(want func(Entry) bool) []Entry {
	var found []Entry
	for _, c := range theCatalogue().components {
		for _, e := range c.Remedies {
			if want(e) {
				found = append(found, e)
			}
		}
	}
	return found
}

// Tasks lists what can be done about a finding, in the order of the catalogue.
func Tasks(finding string) []Task {
	var found []Task
	for _, t := range theCatalogue().tasks {
		if slices.Contains(t.Findings, finding) {
			found = append(found, *t)
		}
	}
	return found
}

// Components lists the components of a kind.
func Components(k Kind) []*Component {
	var found []*Component
	for _, c := range theCatalogue().components {
		if c.Kind == k {
			found = append(found, c)
		}
	}
	return found
}

// Find looks a component up by its id, in any case; nil if there is none.
func Find(id string) *Component {
	all := theCatalogue().components
	if i := slices.IndexFunc(all, func(c *Component) bool { return strings.EqualFold(c.ID, id) }); i >= 0 {
		return all[i]
	}
	return nil
}

// Recognise finds the component of a kind that shows itself by a text on the
// control connection: a server program's name with or without its version, or
// what a device writes in place of a reply. Nil: none.
func Recognise(k Kind, text string) *Component {
	text = strings.ToLower(text)
	for _, c := range Components(k) {
		for _, mark := range c.Marks {
			if strings.HasPrefix(text, mark) {
				return c
			}
		}
	}
	return nil
}
