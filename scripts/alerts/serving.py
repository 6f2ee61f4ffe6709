"""What stops people from registering and signing in."""
import time
from cluster import crowd, post, provoke

def serving(cluster):
    time.sleep(10)
    # That reminders ring shows after two of their minutes, for which the rule itself waits; its wait is cut like the others'.
    assert cluster.firing() <= {"AccountsRemindersLate"}, cluster.firing()
    print("| nothing, for ten seconds | none | |", flush=True)
    begin = cluster.begin
    sign_in = lambda number: post(cluster.url("gateway-2", "/v1/sessions"), {"identifier": f"n{number}@example.com", "password": "Pass-1234567"})

    provoke(cluster, "450 people ask for a code and do no more", ["AccountsNobodyFinishes", "AccountsCodesNotUsed"], lambda: crowd(450, 8, begin))
    provoke(cluster, "one silo is killed", ["AccountsProcessDown"], lambda: cluster.kill("silo-2"), lambda: cluster.up("silo-2"))
    provoke(cluster, "passwords come at once to a gateway that can hash few", ["AccountsHashingBehind"], lambda: crowd(160, 7, sign_in))
    provoke(cluster, "a crowd comes to a gateway with eight places", ["AccountsBusy", "AccountsErrors"], lambda: crowd(1500, 64, sign_in))
    provoke(cluster, "both silos are killed", ["AccountsNoSilo", "AccountsOutage"], lambda: [cluster.kill("silo-1"), cluster.kill("silo-2")], lambda: [cluster.up("silo-1"), cluster.up("silo-2")])
    cluster.ready("gateway-1")
    provoke(cluster, "PostgreSQL is stopped", ["AccountsOutage"], lambda: cluster.postgres("stop"), lambda: cluster.postgres("start"))
    cluster.ready("gateway-1")
    def without_table():
        cluster.sql("alter table state rename to state_away")
        crowd(150, 4, lambda number: begin(1000 + number))
    provoke(cluster, "the table of state is gone", ["AccountsStorageFails"], without_table)
    cluster.sql("alter table state_away rename to state")
    provoke(cluster, "both gateways are killed", ["AccountsNoGateway"], lambda: [cluster.kill("gateway-1"), cluster.kill("gateway-2")])
