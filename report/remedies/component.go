package remedies

import "slices"

// Task is something that one person can do about certain findings.
type Task struct {
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"` // of the components that do it; Firewall stands for Cloud too
	Who      Who      `json:"who"`
	Title    string   `json:"title"` // what is done, beginning with a verb or naming the setting
	Topic    string   `json:"topic"` // a word under which people look for it; empty: none
	Findings []string `json:"findings"`
}

// Component is a program, a device or a service with settings.
type Component struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Kind      Kind       `json:"kind"`
	Platforms []Platform `json:"platforms"`
	Marks     []string   `json:"marks"`   // how it is recognised on a control connection, in lower case
	Default   string     `json:"default"` // what it does without any setting
	Where     string     `json:"where"`   // where the settings are kept; empty: nowhere
	Verify    string     `json:"verify"`  // a command that shows the state after a change; empty: none
	Note      string     `json:"note"`    // what else to know
	Remedies  []Entry    `json:"remedies"`
}

// On tells whether the component runs on a platform. A library runs on any;
// everything may run on a platform that is not known.
func (c *Component) On(p Platform) bool {
	return p == 0 || slices.Contains(c.Platforms, p) || slices.Contains(c.Platforms, AnyPlatform)
}

// Entry is how a component carries a task out. Its texts may contain the
// placeholders of Facts.
type Entry struct {
	TaskID     string     `json:"task"`
	Confidence Confidence `json:"confidence"`
	Setting    string     `json:"setting"`   // what to set or to know, on one line
	Commands   []string   `json:"commands"`  // lines to copy: commands, or lines of a configuration file
	Note       string     `json:"note"`      // what else to know about this setting
	IPv4Only   bool       `json:"ipv4_only"` // the setting or the commands do not suit an IPv6 server

	Task      *Task      `json:"-"`
	Component *Component `json:"-"`
}
