package here

import "strings"

// linuxFirewall asks the rule managers. The rules themselves are hidden from
// users, and anything may have loaded some, so On is never No.
func linuxFirewall(env Env) Firewall {
	f := Firewall{Parts: []Part{
		{Name: "ufw", On: ufw(env)},
		{Name: "firewalld", On: firewalld(env)},
		{Name: "nftables", On: nftables(env)},
	}}
	for _, part := range f.Parts {
		if part.On == Yes {
			f.On = Yes
		}
	}
	return f
}

// ufw reads ENABLED=yes, which "ufw enable" writes and its service obeys when
// the system starts (ufw.conf in ufw's source, src/ufw-init-functions).
func ufw(env Env) Tri {
	text, ok := env.read("etc/ufw/ufw.conf")
	if !ok {
		return orUnknown(env.exists("etc/ufw/ufw.conf"))
	}
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "ENABLED="); found {
			return triOf(strings.EqualFold(strings.Trim(value, `"'`), "yes"))
		}
	}
	return Unknown
}

// firewalld looks for the link by which systemd starts it. Its own runtime
// files belong to root alone.
func firewalld(env Env) Tri {
	return serviceEnabled(env, "firewalld.service", "multi-user.target.wants", "basic.target.wants")
}

// nftables tells whether the system loads a configuration that filters what
// comes in. The one that distributions install filters nothing.
func nftables(env Env) Tri {
	enabled := serviceEnabled(env, "nftables.service", "sysinit.target.wants", "multi-user.target.wants")
	if enabled != Yes {
		return enabled
	}
	text, ok := env.read("etc/nftables.conf")
	if !ok {
		return Unknown
	}
	if filtersInput(text) {
		return Yes
	}
	if strings.Contains(text, "include") {
		return Unknown // The rules are in other files.
	}
	return No
}

// serviceEnabled looks for a unit in the folders where "systemctl enable" puts
// its link. Where systemd's folder is missing, something else starts services.
func serviceEnabled(env Env, unit string, targets ...string) Tri {
	const system = "etc/systemd/system"
	if env.exists(system) != Yes {
		return Unknown
	}
	answer := No
	for _, target := range targets {
		switch env.exists(system + "/" + target + "/" + unit) {
		case Yes:
			return Yes
		case Unknown:
			answer = Unknown
		case No:
		}
	}
	return answer
}

// filtersInput tells whether an nftables configuration has a chain at the
// input or prerouting hook that drops or rejects, or has it for its policy
// (nft(8), "Chains"). Chains that it jumps to are not followed.
func filtersInput(config string) bool {
	inside := false
	for line := range strings.Lines(config) {
		words := wordsOf(line)
		for i, word := range words {
			switch word {
			case "chain":
				inside = false
			case "hook":
				inside = i+1 < len(words) && (words[i+1] == "input" || words[i+1] == "prerouting")
			case "drop", "reject":
				if inside {
					return true
				}
			}
		}
	}
	return false
}

// wordsOf splits a line of an nftables configuration, without its comment and
// without what stands in quotes.
func wordsOf(line string) []string {
	var bare strings.Builder
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			bare.WriteString(part + " ")
		}
	}
	line, _, _ = strings.Cut(bare.String(), "#")
	return strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r\n;{}", r) })
}

// orUnknown turns "there is none" into No and everything else into Unknown:
// what is there but cannot be read may say anything.
func orUnknown(exists Tri) Tri {
	if exists == No {
		return No
	}
	return Unknown
}
