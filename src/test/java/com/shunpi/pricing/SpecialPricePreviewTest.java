package com.shunpi.pricing;

import static com.shunpi.pricing.PriceDesk.input;
import static com.shunpi.pricing.PriceDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the requester is told before he sends is what comes (P3, N1), for requests that nobody picked by hand. */
@ShunpiTest
class SpecialPricePreviewTest {

    private static final int REQUESTS = 200;

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private SpecialPriceActions actions;

    @Autowired
    private SpecialPriceViews views;

    @Autowired
    private TaskService taskService;

    private PriceDesk desk;

    @BeforeEach
    void begin() {
        desk = new PriceDesk(login, masterData, actions, taskService);
    }

    @Test
    void thePreviewIsWhatComesAndTheHintSavesExactlyOneStep() {
        Random random = new Random(20261123);
        List<String> products = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            // margins at list price from 4 % to 60 %
            int list = 20 + random.nextInt(5000);
            int cost = list * (40 + random.nextInt(57)) / 100;
            products.add(desk.product(list + ".0000", cost + ".0000"));
        }
        int hints = 0;
        int granted = 0;
        int joint = 0;
        for (int i = 0; i < REQUESTS; i++) {
            SpecialPriceInput request = generated(random, products, desk.customer(Grade.values()[random.nextInt(3)]));
            SpecialPriceView.Preview preview = preview(request);
            List<List<String>> promised = steps(preview);

            assertThat(drive(desk.send(request))).as(request.toString()).isEqualTo(promised);
            granted += promised.isEmpty() ? 1 : 0;
            joint += promised.stream().anyMatch(step -> step.size() > 1) ? 1 : 0;
            if (preview.hint() != null) {
                hints++;
                SpecialPriceView.Preview followed = preview(applied(request, preview));
                assertThat(steps(followed)).as("hint for " + request).hasSize(promised.size() - 1);
                assertThat(followed.steps()).hasSize(preview.hint().stepsLeft());
            }
        }
        // the generator reaches what is to be tested
        assertThat(granted).isBetween(5, 100);
        assertThat(joint).isBetween(5, 150);
        assertThat(hints).isGreaterThan(80);
    }

    @Test
    void theHintIsTheSmallestChangeAndNamesWhoFallsAway() { // N1
        String product = desk.product("100.0000", "50.0000");
        SpecialPriceView.Preview preview = preview(input(desk.customer(Grade.B), line(product, 10, "88.00")));

        assertThat(steps(preview)).containsExactly(List.of("sales-manager"), List.of("sales-director"));
        assertThat(preview.steps().get(1).reasons()).isEqualTo("低于客户价超过 10%"); // F7
        assertThat(preview.steps().get(0).roles().get(0).people()).containsExactly("陈静");
        assertThat(preview.hint().changes())
                .containsExactly(new SpecialPriceView.Change(product, "88.0000", "90.0000"));
        assertThat(preview.hint().text()).contains("可少一级审批（销售总监）", "只需销售经理");
        // one step of the grid less, and it saves nothing
        assertThat(steps(preview(input(desk.customer(Grade.B), line(product, 10, "89.9999")))))
                .hasSize(2);
    }

    @Test
    void noHintWhereNoPriceSavesAStep() {
        // 60,000 at the customer's price: the manager is asked whatever the price
        String product = desk.product("100.0000", "50.0000");
        SpecialPriceView.Preview preview = preview(input(desk.customer(Grade.B), line(product, 600, "99.00")));
        assertThat(steps(preview)).containsExactly(List.of("sales-manager"));
        assertThat(preview.hint()).isNull();
    }

    private SpecialPriceView.Preview preview(SpecialPriceInput request) {
        return login.as("rep1", () -> views.preview(request));
    }

    /** From a hair below the price to a third of it, small depths as likely as great ones. */
    private SpecialPriceInput generated(Random random, List<String> products, String customer) {
        List<SpecialPriceInput.LineInput> lines = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String product = products.get(random.nextInt(products.size()));
            BigDecimal price =
                    masterData.products(List.of(product)).get(product).listPrice();
            int perMille = random.nextBoolean() ? 1 + random.nextInt(60) : 1 + random.nextInt(350);
            BigDecimal asked = price.multiply(BigDecimal.valueOf(1000 - perMille, 3));
            lines.add(line(product, 1 + random.nextInt(40), Money.price(asked).toPlainString()));
        }
        return input(customer, lines.toArray(SpecialPriceInput.LineInput[]::new));
    }

    private static SpecialPriceInput applied(SpecialPriceInput request, SpecialPriceView.Preview preview) {
        List<SpecialPriceView.Change> open = new ArrayList<>(preview.hint().changes());
        List<SpecialPriceInput.LineInput> lines = new ArrayList<>();
        for (SpecialPriceInput.LineInput asked : request.lines()) {
            SpecialPriceView.Change change = open.stream()
                    .filter(one -> one.productCode().equals(asked.productCode())
                            && new BigDecimal(one.from()).compareTo(new BigDecimal(asked.askedPrice())) == 0)
                    .findFirst()
                    .orElse(null);
            open.remove(change);
            lines.add(
                    change == null
                            ? asked
                            : new SpecialPriceInput.LineInput(asked.productCode(), asked.quantity(), change.to()));
        }
        assertThat(open).isEmpty();
        return input(request.customerCode(), lines.toArray(SpecialPriceInput.LineInput[]::new));
    }

    private static List<List<String>> steps(SpecialPriceView.Preview preview) {
        return preview.steps().stream()
                .map(step -> List.copyOf(new TreeSet<>(
                        step.roles().stream().map(SpecialPriceView.Role::group).toList())))
                .toList();
    }

    /** Approves whatever comes, and tells who was asked, step by step. */
    private List<List<String>> drive(String number) {
        List<List<String>> asked = new ArrayList<>();
        for (List<String> roles = desk.waiting(number); !roles.isEmpty(); roles = desk.waiting(number)) {
            asked.add(roles);
            for (String role : roles) {
                desk.approve(PriceDesk.holder(role), number, role);
            }
        }
        return asked;
    }
}
