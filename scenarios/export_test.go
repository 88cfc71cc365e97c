package scenarios

// ParseSections reads a scenario of which only some sections matter.
func ParseSections(sections string) (*Scenario, error) {
	return parse("1-x.txtar", []byte(smallest+sections))
}
