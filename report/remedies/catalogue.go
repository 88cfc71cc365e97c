package remedies

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
)

//go:embed data/*.json
var files embed.FS

// componentFiles hold the components, in the order in which lists show them:
// what most people use comes first.
var componentFiles = []string{"data/clients.json", "data/servers.json", "data/firewalls.json"}

type catalogue struct {
	tasks      []*Task
	components []*Component
}

// theCatalogue is read once. The data are part of the program and tested with
// it: a mistake in them is one in the program.
var theCatalogue = sync.OnceValue(func() *catalogue {
	c, err := load()
	if err != nil {
		panic(err)
	}
	return c
})

// load reads the data and connects entries with their tasks and components.
func load() (*catalogue, error) {
	var c catalogue
	if err := decode("data/tasks.json", &c.tasks); err != nil {
		return nil, err
	}
	for _, name := range componentFiles {
		var list []*Component
		if err := decode(name, &list); err != nil {
			return nil, err
		}
		c.components = append(c.components, list...)
	}
	for _, component := range c.components {
		for i := range component.Remedies {
			e := &component.Remedies[i]
			e.Component, e.Task = component, c.task(e.TaskID)
			if e.Task == nil {
				return nil, fmt.Errorf("%s: no task is called %q", component.ID, e.TaskID)
			}
		}
	}
	return &c, c.check()
}

func (c *catalogue) task(id string) *Task {
	if i := slices.IndexFunc(c.tasks, func(t *Task) bool { return t.ID == id }); i >= 0 {
		return c.tasks[i]
	}
	return nil
}

// decode reads one file. A key that no field has is a mistake.
func decode(name string, to any) error {
	b, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("%s: more than one value", name)
	}
	return nil
}
