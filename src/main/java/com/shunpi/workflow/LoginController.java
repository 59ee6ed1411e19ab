package com.shunpi.workflow;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** The login page, with the ways in that this installation has. */
@Controller
class LoginController {

    private final ObjectProvider<CompanyLogin> companyLogin;
    private final OidcSettings settings;

    LoginController(ObjectProvider<CompanyLogin> companyLogin, OidcSettings settings) {
        this.companyLogin = companyLogin;
        this.settings = settings;
    }

    @GetMapping("/login")
    ModelAndView page(HttpServletRequest request, HttpServletResponse response) {
        CompanyLogin company = companyLogin.getIfAvailable();
        String elsewhere = company == null ? null : company.providersLogout(request, response);
        return elsewhere == null
                ? new ModelAndView(
                        "login",
                        Map.of(
                                "company",
                                company != null,
                                "passwordForFew",
                                !settings.passwordGroups().isEmpty()))
                : new ModelAndView(new RedirectView(elsewhere, true, true, false));
    }
}
