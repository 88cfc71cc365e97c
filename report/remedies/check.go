package remedies

import (
	"errors"
	"fmt"
	"slices"
)

// check finds everything that is wrong with the data.
func (c *catalogue) check() error {
	var wrong []error
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	ids := map[string]bool{}
	once := func(id string) {
		if id == "" || ids[id] {
			say("the id %q is empty or not the only one", id)
		}
		ids[id] = true
	}
	for _, t := range c.tasks {
		once(t.ID)
		if t.Kind == 0 || t.Kind == Cloud || t.Who == 0 || t.Title == "" || len(t.Findings) == 0 {
			say("task %s: kind, who, title or findings are missing", t.ID)
		}
		if !slices.ContainsFunc(c.components, func(k *Component) bool { return k.does(t.ID) }) {
			say("task %s: no component does it", t.ID)
		}
	}
	for _, k := range c.components {
		once(k.ID)
		if k.Kind == 0 || k.Name == "" || len(k.Platforms) == 0 || k.Default == "" || len(k.Remedies) == 0 {
			say("%s: kind, name, platforms, default or remedies are missing", k.ID)
		}
		done := map[string]bool{}
		for _, e := range k.Remedies {
			if done[e.TaskID] {
				say("%s: %s stands there twice", k.ID, e.TaskID)
			}
			done[e.TaskID] = true
			for _, err := range e.check() {
				say("%s: %s: %w", k.ID, e.TaskID, err)
			}
		}
	}
	return errors.Join(wrong...)
}

func (c *Component) does(task string) bool {
	return slices.ContainsFunc(c.Remedies, func(e Entry) bool { return e.TaskID == task })
}

// check finds what is wrong with one entry.
func (e Entry) check() []error {
	var wrong []error
	if e.Confidence == 0 {
		wrong = append(wrong, errors.New("the confidence is missing"))
	}
	if e.Setting == "" {
		wrong = append(wrong, errors.New("the setting is missing"))
	}
	if kind := e.Component.Kind; kind != e.Task.Kind && !(kind == Cloud && e.Task.Kind == Firewall) {
		wrong = append(wrong, fmt.Errorf("a %s cannot do what a %s does", kind, e.Task.Kind))
	}
	for _, text := range append([]string{e.Setting, e.Note}, e.Commands...) {
		for _, name := range placeholders(text) {
			if !slices.Contains(placeholderNames, name) {
				wrong = append(wrong, fmt.Errorf("nothing is called {%s}", name))
			}
		}
	}
	return wrong
}
