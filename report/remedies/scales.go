package remedies

// Kind is what a component is. Zero: not known.
type Kind uint8

const (
	Client   Kind = iota + 1 // an FTP program or library
	Server                   // an FTP server
	Firewall                 // a firewall, NAT device or router
	Cloud                    // a cloud's own packet filter or network
)

var kindNames = names{"", "client", "server", "firewall", "cloud"}

// String is the word in the data.
func (k Kind) String() string { return kindNames.text(uint8(k)) }

// UnmarshalText reads the word in the data.
func (k *Kind) UnmarshalText(b []byte) error { return read(k, kindNames, "kind", b) }

// Platform is where a component runs. Zero: not known.
type Platform uint8

const (
	AnyPlatform Platform = iota + 1 // a library that runs everywhere
	Windows
	MacOS
	Linux
	BSD
	ZOS
	IBMi
	Device       // a printer, scanner or storage box
	Router       // a firewall or router of its own
	CloudService // somebody else's computer
)

var platformNames = names{"", "any", "windows", "macos", "linux", "bsd", "zos", "ibmi", "device", "router", "cloud"}

// String is the word in the data.
func (p Platform) String() string { return platformNames.text(uint8(p)) }

// UnmarshalText reads the word in the data.
func (p *Platform) UnmarshalText(b []byte) error { return read(p, platformNames, "platform", b) }

// PlatformOf translates a runtime.GOOS; zero for one that the catalogue does
// not know.
func PlatformOf(goos string) Platform {
	switch goos {
	case "windows":
		return Windows
	case "darwin":
		return MacOS
	case "linux":
		return Linux
	case "freebsd", "netbsd", "openbsd", "dragonfly":
		return BSD
	default:
		return 0
	}
}

// Confidence is how well an entry is known. Zero: not known, which the data
// must not say.
type Confidence uint8

const (
	Unconfirmed Confidence = iota + 1 // general knowledge; shown with that remark or not at all
	SourceCode                        // read in the program's source, not run
	Documented                        // read in the maker's or a manual's text
	Tested                            // run, with the effect described
)

var confidenceNames = names{"", "unconfirmed", "source", "documented", "tested"}

// String is the word in the data.
func (c Confidence) String() string { return confidenceNames.text(uint8(c)) }

// UnmarshalText reads the word in the data.
func (c *Confidence) UnmarshalText(b []byte) error { return read(c, confidenceNames, "confidence", b) }

// Who carries a task out. Zero: not known.
type Who uint8

const (
	User         Who = iota + 1 // the person at this computer
	NetworkAdmin                // whoever runs the network at this end
	ServerAdmin                 // whoever runs the server and what stands before it
)

var whoNames = names{"", "user", "network-admin", "server-admin"}

// String is the word in the data.
func (w Who) String() string { return whoNames.text(uint8(w)) }

// UnmarshalText reads the word in the data.
func (w *Who) UnmarshalText(b []byte) error { return read(w, whoNames, "person", b) }

func read[T ~uint8](to *T, n names, what string, text []byte) error {
	value, err := n.parse(what, text)
	*to = T(value)
	return err
}
