package report

// Tri is an answer that may be unknown. Zero: unknown. In JSON it is null,
// true or false.
type Tri uint8

const (
	Unknown Tri = iota
	True
	False
)

// String is unknown, yes or no.
func (t Tri) String() string {
	switch t {
	case True:
		return "yes"
	case False:
		return "no"
	default:
		return "unknown"
	}
}

// MarshalJSON writes null, true or false.
func (t Tri) MarshalJSON() ([]byte, error) {
	switch t {
	case True:
		return []byte("true"), nil
	case False:
		return []byte("false"), nil
	default:
		return []byte("null"), nil
	}
}
